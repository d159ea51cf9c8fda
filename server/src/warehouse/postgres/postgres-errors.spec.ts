import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { StatementStop } from '../statement-stop.js';
import { parsePostgresUrl } from './postgres-config.js';
import { statementError } from './postgres-errors.js';

const config = parsePostgresUrl('postgres://me:hunter2@localhost/shop');

function errorOf(sqlstate: string): Error & { code: string } {
  const error = new pg.DatabaseError('as the server says', 0, 'error');
  error.code = sqlstate;
  return statementError(error, new StatementStop({}), config);
}

describe('statementError', () => {
  it.each([
    ['a lock that did not come', '55P03', 'warehouse.query-timed-out', /locked by somebody else.* 10 s/],
    ['a time-out of the server', '57014', 'warehouse.query-timed-out', /as the server says/],
    ['a standby that must go on', '40001', 'warehouse.resources-exhausted', /in favour of others/],
    ['a deadlock', '40P01', 'warehouse.resources-exhausted', /in favour of others/],
    ['no room', '53100', 'warehouse.resources-exhausted', /as the server says/],
    ['an administrator', '57P01', 'warehouse.connection-failed', /localhost:5432\/shop was ended/],
    ['no right to read', '42501', 'warehouse.permission-denied', /as the server says/],
    ['an unknown column', '42703', 'warehouse.query-rejected', /as the server says/],
    ['a division by zero', '22012', 'warehouse.query-rejected', /as the server says/],
  ])('translates %s, %s', (_title, sqlstate, code, message) => {
    const error = errorOf(sqlstate);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ details: { sqlstate } });
  });
});
