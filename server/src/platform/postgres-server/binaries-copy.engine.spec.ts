import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyForUser } from './binaries-copy.js';
import { PostgresBinariesMissing } from './postgres-server.errors.js';
import { canTraverse } from './server-user.js';

const stranger = { uid: 65_533, gid: 65_533 };
let directory: string;
let native: string;
let place: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'assay-copy-'));
  native = path.join(directory, 'native');
  place = path.join(directory, 'place');
  await mkdir(path.join(native, 'bin'), { recursive: true });
  await mkdir(path.join(native, 'lib'));
  await writeFile(path.join(native, 'bin', 'postgres'), 'program', { mode: 0o700 });
  await writeFile(path.join(native, 'lib', 'x.so.1'), 'library', { mode: 0o600 });
  await mkdir(place);
  await chmod(directory, 0o755);
  await chmod(place, 0o755);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const link = (copy: string): Promise<void> => symlink('x.so.1', path.join(copy, 'lib', 'x.so'));
const copy = (): Promise<string> => copyForUser(native, '18.4', stranger, link, [place]);

describe('copyForUser', () => {
  it('makes a copy that others can run and only we can change, with its links', async () => {
    await chmod(native, 0o700);
    expect(canTraverse(path.join(native, 'bin'), stranger)).toBe(false);
    const made = await copy();
    expect(canTraverse(path.join(made, 'bin'), stranger)).toBe(true);
    expect((await stat(path.join(made, 'bin', 'postgres'))).mode & 0o777).toBe(0o755);
    expect((await stat(path.join(made, 'lib', 'x.so.1'))).mode & 0o777).toBe(0o644);
    expect(await readFile(path.join(made, 'lib', 'x.so'), 'utf8')).toBe('library');
  });

  it('is made once, also by several at the same time, and leaves no drafts', async () => {
    const made = await Promise.all([copy(), copy(), copy()]);
    expect(new Set([...made, await copy()]).size).toBe(1);
    expect(await readdir(place)).toEqual([path.basename(made[0])]);
  });

  it.each<[string, (name: string) => Promise<unknown>]>([
    ['a directory that anybody may write', (name) => mkdir(name).then(() => chmod(name, 0o777))],
    ['a link to elsewhere', (name) => symlink(tmpdir(), name)],
    ['a file', (name) => writeFile(name, '')],
  ])('does not use what somebody put there before: %s', async (_title, plant) => {
    const name = await copy();
    await rm(name, { recursive: true });
    await plant(name);
    await expect(copy()).rejects.toBeInstanceOf(PostgresBinariesMissing);
  });

  it('does not use a place where anybody could replace the copy', async () => {
    await chmod(place, 0o777);
    await expect(copy()).rejects.toBeInstanceOf(PostgresBinariesMissing);
  });
});
