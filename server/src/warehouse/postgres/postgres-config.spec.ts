import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { WarehouseUrlInvalid } from '../warehouse.errors.js';
import { describeTarget, parsePostgresUrl } from './postgres-config.js';

describe('parsePostgresUrl', () => {
  it('reads every part', () => {
    const config = parsePostgresUrl(
      'postgresql://me%40shop:p%3Ass@db.example:6543/my%20shop?sslmode=verify-full&application_name=a&search_path=x,y',
    );
    expect(config).toMatchObject({
      host: 'db.example',
      port: 6543,
      database: 'my shop',
      user: 'me@shop',
      sslMode: 'verify-full',
      applicationName: 'a',
      searchPath: 'x,y',
      timeZone: 'UTC',
    });
    expect(config.password?.reveal()).toBe('p:ss');
  });

  it('has defaults', () => {
    const config = parsePostgresUrl('postgres://me@localhost');
    expect(config).toMatchObject({
      port: 5432,
      database: 'me',
      sslMode: 'disable',
      applicationName: 'assay',
    });
    expect(config.password).toBeUndefined();
    expect(config).not.toHaveProperty('searchPath');
  });

  it('takes a password given apart before one in the URL', () => {
    expect(parsePostgresUrl('postgres://me:old@h/d', 'new').password?.reveal()).toBe('new');
  });

  it('takes the user of the process where the URL names none', () => {
    expect(parsePostgresUrl('postgres://localhost', undefined, () => 'somebody')).toMatchObject({
      user: 'somebody',
      database: 'somebody',
    });
  });

  it('says what to write when that user has no name', () => {
    const nameless = (): string => {
      throw new Error('uv_os_get_passwd returned ENOENT');
    };
    expect(parsePostgresUrl('postgres://me@localhost', undefined, nameless).user).toBe('me');
    expect(() => parsePostgresUrl('postgres://localhost', undefined, nameless)).toThrow(
      expect.objectContaining({
        code: 'warehouse.url-invalid',
        message: expect.stringContaining('write postgres://user@host') as string,
      }) as Error,
    );
  });

  it('reads an IPv6 address', () => {
    const config = parsePostgresUrl('postgres://me@[::1]:5433/d');
    expect(config.host).toBe('::1');
    expect(describeTarget(config)).toBe('[::1]:5433/d');
  });

  it('shows the password nowhere', () => {
    const config = parsePostgresUrl('postgres://me:hunter2@h/d');
    for (const text of [
      String(config.password),
      JSON.stringify(config),
      inspect(config),
      describeTarget(config),
    ]) {
      expect(text).not.toContain('hunter2');
    }
  });

  it.each([
    ['nonsense', 'postgres//me:hunter2@h', /cannot be read|begins with/],
    ['another scheme', 'mysql://me:hunter2@h/d', /begins with postgres:/],
    ['a bad port', 'postgres://me:hunter2@h:99999999/d', /cannot be read/],
    ['a path', 'postgres://me:hunter2@h/d/e', /more than a database/],
    ['a fragment', 'postgres://me:hunter2@h/d#e', /# part/],
    ['a broken escape in the user', 'postgres://%zz:hunter2@h/d', /the user in/],
    ['a broken escape in the password', 'postgres://me:hunter2%zz@h/d', /the password in/],
    [
      'an unknown parameter',
      'postgres://me:hunter2@h/d?ssl_mode=require',
      /no parameter "ssl_mode"; did you mean "sslmode"/,
    ],
    ['an unknown sslmode', 'postgres://me:hunter2@h/d?sslmode=requires', /did you mean "require"/],
    [
      'sslmode prefer',
      'postgres://me:hunter2@h/d?sslmode=prefer',
      /write sslmode=require to .* or sslmode=disable/,
    ],
    [
      'sslmode allow',
      'postgres://me:hunter2@h/d?sslmode=allow',
      /write sslmode=require to .* or sslmode=disable/,
    ],
    ['a parameter twice', 'postgres://me:hunter2@h/d?sslmode=require&sslmode=disable', /twice/],
  ])('refuses %s without showing the password', (_title, url, reason) => {
    let error: unknown;
    try {
      parsePostgresUrl(url);
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(WarehouseUrlInvalid);
    expect((error as Error).message).toMatch(reason);
    expect(inspect(error)).not.toContain('hunter2');
  });
});
