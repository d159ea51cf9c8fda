import { beforeAll } from 'vitest';
import type { Statement } from '../sql/index.js';
import type { SqlValue } from '../warehouse-adapter.js';
import { describeAdapterContract } from '../testing/adapter-contract.js';
import {
  ordersTable,
  buildDuckDbFile,
  createTestDirectory,
  type TestDirectory,
} from '../testing/duckdb-files.js';
import { DuckDbAdapter } from './duckdb-adapter.js';
import { parseDuckDbUrl } from './duckdb-config.js';

let directory: TestDirectory;

beforeAll(async () => {
  directory = await createTestDirectory();
  await buildDuckDbFile(directory.path('shop.duckdb'), ordersTable);
});

const values: readonly [sql: string, value: SqlValue][] = [
  ['NULL', null],
  ['true', true],
  ['(-128)::TINYINT', -128],
  ['9007199254740991::BIGINT', 9007199254740991],
  ['(-9007199254740993)::BIGINT', -9007199254740993n],
  ['18446744073709551615::UBIGINT', 18446744073709551615n],
  ['12::HUGEINT', 12],
  ['(-170141183460469231731687303715884105728)::HUGEINT', -(2n ** 127n)],
  ['340282366920938463463374607431768211455::UHUGEINT', 2n ** 128n - 1n],
  ['123456789012345678901234567890::BIGNUM', 123456789012345678901234567890n],
  ['0.05::DECIMAL(4,2)', '0.05'],
  ['(-0.05)::DECIMAL(4,2)', '-0.05'],
  ['(-1234567.80)::DECIMAL(18,2)', '-1234567.80'],
  ['42::DECIMAL(9,0)', '42'],
  ['0::DECIMAL(38,10)', '0.0000000000'],
  ['99999999999999999999999999999999999999::DECIMAL(38,0)', '99999999999999999999999999999999999999'],
  ['0.5::FLOAT', 0.5],
  ['1e300::DOUBLE', 1e300],
  [`'nan'::DOUBLE`, NaN],
  [`'-infinity'::DOUBLE`, -Infinity],
  [`'Grüße'`, 'Grüße'],
  [`DATE '2025-12-01'`, '2025-12-01'],
  [`DATE '0001-01-01'`, '0001-01-01'],
  [`DATE '9999-12-31'`, '9999-12-31'],
  [`'infinity'::DATE`, 'infinity'],
  [`TIMESTAMP '2025-12-01 08:30:00'`, '2025-12-01T08:30:00'],
  [`TIMESTAMP '2025-12-01 08:30:00.120300'`, '2025-12-01T08:30:00.1203'],
  [`TIMESTAMP '1969-12-31 23:59:59.999999'`, '1969-12-31T23:59:59.999999'],
  [`'-infinity'::TIMESTAMP`, '-infinity'],
  [`'2025-12-01 08:30:00'::TIMESTAMP_S`, '2025-12-01T08:30:00'],
  [`'2025-12-01 08:30:00.12'::TIMESTAMP_MS`, '2025-12-01T08:30:00.12'],
  [`'2025-12-01 08:30:00.123456789'::TIMESTAMP_NS`, '2025-12-01T08:30:00.123456789'],
  [`'infinity'::TIMESTAMP_NS`, 'infinity'],
  [`TIMESTAMPTZ '2025-12-01 08:30:00+02'`, '2025-12-01T06:30:00Z'],
  [`TIMESTAMPTZ '2025-12-01 08:30:00.5-05:30'`, '2025-12-01T14:00:00.5Z'],
  [`'infinity'::TIMESTAMPTZ`, 'infinity'],
  [`TIME '08:30:00.5'`, '08:30:00.5'],
  [`TIMETZ '08:30:00+02'`, '08:30:00+02'],
  [`INTERVAL '1 month 3 days'`, '1 month 3 days'],
  [`'12345678-90ab-cdef-1234-567890abcdef'::UUID`, '12345678-90ab-cdef-1234-567890abcdef'],
  [`'\\x00\\xFFa'::BLOB`, '\\x00ff61'],
  [`'10101'::BIT`, '10101'],
  [`'b'::ENUM('a', 'b')`, 'b'],
  ['[1, NULL, 3]', [1, null, 3]],
  [`[0.10, 2.00]::DECIMAL(5,2)[2]`, ['0.10', '2.00']],
  [
    `{'a': DATE '2025-12-01', '__proto__': [1]}`,
    JSON.parse('{"a":"2025-12-01","__proto__":[1]}') as SqlValue,
  ],
  [`MAP {'k': 1.50, 'l': NULL}`, { k: '1.50', l: null }],
  [`MAP {2: 'x'}`, { '2': 'x' }],
  [`union_value(n := 7)::UNION(n INTEGER, s VARCHAR)`, 7],
  [
    `'{"n": [12345678901234567890.10, null,  {"b": "c"}]}'::JSON`,
    '{"n": [12345678901234567890.10, null,  {"b": "c"}]}',
  ],
  [`'"text"'::JSON`, '"text"'],
  [`['{"a": 1.0}'::JSON]`, ['{"a": 1.0}']],
];

function statement(sql: string, parameters: Statement['parameters'] = []): Statement {
  return { sql, parameters, origin: 'plan' };
}

describeAdapterContract({
  name: 'DuckDB',
  open: () => Promise.resolve(new DuckDbAdapter(parseDuckDbUrl(`duckdb:${directory.path('shop.duckdb')}`))),
  openUnreachable: () =>
    Promise.resolve(new DuckDbAdapter(parseDuckDbUrl(`duckdb:${directory.path('not-there.duckdb')}`))),
  dispose: () => directory.remove(),
  table: ['shop', 'main', 'orders'],
  statements: {
    rows: (n) => statement(`SELECT (i + 1)::BIGINT AS id FROM range(${n}) r(i)`),
    everyType: {
      statement: statement(`SELECT ${values.map(([sql]) => sql).join(', ')}`),
      expected: values.map(([, value]) => value),
    },
    echo: (text, list) => statement('SELECT CAST($1 AS VARCHAR), len(CAST($2 AS VARCHAR[]))', [text, list]),
    endless: statement(
      'SELECT count(*) FROM range(10000000000) a(i), range(10000) b(j) WHERE (i * j) % 7 = 8',
    ),
    unknownColumn: statement('SELECT nope FROM orders'),
    write: statement('UPDATE orders SET amount = 0'),
    userSelect: 'SELECT sum(amount) FROM orders',
    refused: [
      { title: 'an update', sql: 'UPDATE orders SET amount = 0' },
      { title: 'two statements', sql: 'SELECT 1; SELECT 2' },
      { title: 'a file on disk', sql: `SELECT * FROM read_text('/etc/passwd')` },
      { title: 'a file by its name', sql: `SELECT * FROM '/etc/passwd'` },
      { title: 'a COPY to disk', sql: `COPY orders TO 'stolen.csv'` },
      { title: 'SQL inside SQL', sql: `SELECT * FROM query('SELECT 1')` },
      { title: 'an attachment', sql: `ATTACH 'other.duckdb'` },
      { title: 'a setting', sql: `SET threads = 1` },
      { title: 'what cannot be parsed', sql: 'SELEC 1' },
      { title: 'nothing', sql: '  -- nothing' },
    ],
    counting: { sql: 'SELECT count(*) FROM orders WHERE id < 3', rows: 2 },
  },
});
