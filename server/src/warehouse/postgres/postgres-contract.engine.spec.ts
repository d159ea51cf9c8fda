import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { beforeAll } from 'vitest';
import { startPostgresServer, type PostgresServer } from '../../platform/postgres-server/index.js';
import type { Statement } from '../sql/index.js';
import { describeAdapterContract } from '../testing/adapter-contract.js';
import type { SqlValue } from '../warehouse-adapter.js';
import { PostgresAdapter } from './postgres-adapter.js';
import { parsePostgresUrl } from './postgres-config.js';

let directory: string;
let server: PostgresServer;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'assay-contract-'));
  server = await startPostgresServer({
    dataDirectory: path.join(directory, 'data'),
    settings: { fsync: 'off' },
  });
  const client = new pg.Client({ connectionString: server.connectionUrl('postgres') });
  await client.connect();
  await client.query(`
    CREATE TABLE orders (id integer PRIMARY KEY, name text, amount numeric(18, 2));
    INSERT INTO orders VALUES (1, 'one', 1.00), (2, NULL, 2.50), (3, 'drei', 3.25);
    CREATE TYPE color AS ENUM ('red', 'dark "red", {x}');
    CREATE DOMAIN positive AS numeric CHECK (VALUE > 0);
    CREATE TYPE pair AS (a integer, b text);`);
  await client.end();
});

const values: readonly [sql: string, value: SqlValue][] = [
  ['NULL', null],
  ['true', true],
  ['false', false],
  ['(-32768)::smallint', -32768],
  ['2147483647', 2147483647],
  ['9007199254740991::bigint', 9007199254740991],
  ['(-9007199254740993)::bigint', -9007199254740993n],
  ['0.05::numeric(4,2)', '0.05'],
  ['(-1234567.80)::numeric(18,2)', '-1234567.80'],
  [
    '12345678901234567890123456789012345678901234567890.5::numeric',
    '12345678901234567890123456789012345678901234567890.5',
  ],
  [`'NaN'::numeric`, 'NaN'],
  [`'-Infinity'::numeric`, '-Infinity'],
  ['0.1::real', 0.1],
  ['1e300::double precision', 1e300],
  ['0.1::float8 + 0.2::float8', 0.30000000000000004],
  [`'NaN'::float8`, NaN],
  [`'-Infinity'::float8`, -Infinity],
  [`'Grüße'::text`, 'Grüße'],
  [`'ab'::char(4)`, 'ab  '],
  [`'x'::varchar(3)`, 'x'],
  [`DATE '2025-12-01'`, '2025-12-01'],
  [`DATE '0044-03-15 BC'`, '0044-03-15 BC'],
  [`'infinity'::date`, 'infinity'],
  [`TIMESTAMP '2025-12-01 08:30:00'`, '2025-12-01T08:30:00'],
  [`TIMESTAMP '2025-12-01 08:30:00.120300'`, '2025-12-01T08:30:00.1203'],
  [`TIMESTAMP '0044-03-15 12:00:00 BC'`, '0044-03-15T12:00:00 BC'],
  [`'-infinity'::timestamp`, '-infinity'],
  [`TIMESTAMPTZ '2025-12-01 08:30:00+02'`, '2025-12-01T06:30:00Z'],
  [`TIMESTAMPTZ '2025-12-01 08:30:00.5-05:30'`, '2025-12-01T14:00:00.5Z'],
  [`TIMESTAMPTZ '0044-03-15 12:00:00+00 BC'`, '0044-03-15T12:00:00Z BC'],
  [`'infinity'::timestamptz`, 'infinity'],
  [`TIME '08:30:00.5'`, '08:30:00.5'],
  [`TIMETZ '08:30:00+02'`, '08:30:00+02'],
  [`INTERVAL '1 month 3 days 04:05:06'`, '1 mon 3 days 04:05:06'],
  [`'12345678-90ab-cdef-1234-567890abcdef'::uuid`, '12345678-90ab-cdef-1234-567890abcdef'],
  [`'\\x00ff61'::bytea`, '\\x00ff61'],
  [`'{"a": [1, null,  {"b": "c"}]}'::json`, '{"a": [1, null,  {"b": "c"}]}'],
  [`'{"n":12345678901234567890.10}'::jsonb`, '{"n": 12345678901234567890.10}'],
  [`'"text"'::jsonb`, '"text"'],
  ['ARRAY[1, NULL, 3]', [1, null, 3]],
  [`'{}'::int[]`, []],
  [
    `ARRAY[[1.10, 2], [3, NULL]]::numeric[]`,
    [
      ['1.10', '2'],
      ['3', null],
    ],
  ],
  [
    `ARRAY['a"b', 'c,d', '{e}', '', 'NULL', NULL, 'x\\y', ' z ']`,
    ['a"b', 'c,d', '{e}', '', 'NULL', null, 'x\\y', ' z '],
  ],
  [`'[0:1]={true,false}'::bool[]`, [true, false]],
  [`ARRAY['{"a": "b,c"}'::jsonb]`, ['{"a": "b,c"}']],
  [`ARRAY[TIMESTAMPTZ '2025-12-01 08:30:00+02']`, ['2025-12-01T06:30:00Z']],
  [`ARRAY[DATE '2025-12-01']`, ['2025-12-01']],
  [`'red'::color`, 'red'],
  [`ARRAY['red', 'dark "red", {x}']::color[]`, ['red', 'dark "red", {x}']],
  [`ARRAY[1.5, 2]::positive[]`, ['1.5', '2']],
  [`7.0::positive`, '7.0'],
  [`ROW(1, 'x y')::pair`, '(1,"x y")'],
  [`ARRAY[ROW(1, 'x')]::pair[]`, ['(1,x)']],
  ['int4range(1, 5)', '[1,5)'],
  [`'101'::bit(3)`, '101'],
  [`'10.0.0.1'::inet`, '10.0.0.1'],
  [`point '(1,2)'`, '(1,2)'],
  [`ARRAY[box '(1,2),(3,4)', box '(5,6),(7,8)']`, ['(3,4),(1,2)', '(7,8),(5,6)']],
];

function statement(sql: string, parameters: Statement['parameters'] = []): Statement {
  return { sql, parameters, origin: 'plan' };
}

describeAdapterContract({
  name: 'Postgres',
  open: () => Promise.resolve(new PostgresAdapter(parsePostgresUrl(server.connectionUrl('postgres')))),
  openUnreachable: () =>
    Promise.resolve(new PostgresAdapter(parsePostgresUrl('postgres://me:hunter2@127.0.0.1:1/shop'))),
  dispose: async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  },
  table: ['public', 'orders'],
  statements: {
    // In the SELECT list it streams; in FROM all rows are made first.
    rows: (n) => statement(`SELECT generate_series(1, ${n}) AS id`),
    everyType: {
      statement: statement(`SELECT ${values.map(([sql]) => sql).join(', ')}`),
      expected: values.map(([, value]) => value),
    },
    echo: (text, list) => statement('SELECT CAST($1 AS text), cardinality(CAST($2 AS text[]))', [text, list]),
    endless: statement(
      'SELECT count(*) FROM (SELECT generate_series(1, 10000000000) AS a) g WHERE a % 7 = 8',
    ),
    unknownColumn: statement('SELECT nope FROM orders'),
    write: statement('UPDATE orders SET amount = 0'),
    userSelect: 'SELECT sum(amount) FROM orders',
    refused: [
      { title: 'an update', sql: 'UPDATE orders SET amount = 0' },
      { title: 'two statements', sql: 'SELECT 1; SELECT 2' },
      { title: 'a sleep', sql: 'SELECT pg_sleep(1000)' },
      { title: 'a file', sql: `SELECT pg_read_file('/etc/passwd')` },
      { title: 'a COPY', sql: `COPY orders TO '/tmp/stolen'` },
      { title: 'a change in a CTE', sql: 'WITH x AS (DELETE FROM orders RETURNING *) SELECT * FROM x' },
      { title: 'a setting', sql: `SELECT set_config('statement_timeout', '0', false)` },
      { title: 'the passwords', sql: 'SELECT * FROM pg_authid' },
      { title: 'what cannot be parsed', sql: 'SELEC 1' },
      { title: 'nothing', sql: '  -- nothing' },
    ],
    counting: { sql: 'SELECT count(*) FROM orders WHERE id < 3', rows: 2 },
  },
});
