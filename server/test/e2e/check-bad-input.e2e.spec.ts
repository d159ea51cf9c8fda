import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { runAssay, type CommandRun } from '../support/assay.js';
import { alterDuckDb, repository } from '../support/worlds.js';

interface Issues {
  issues: { path: string; line: number; message: string; suggestion?: string }[];
}
interface Validation {
  results: {
    outcome: string;
    exception_info: { exception_message: string | null };
    meta: { error_code?: string };
  }[];
  meta: { data_queries: number };
}

let directory: string;
let warehouse: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'assay-bad-input-'));
  const file = path.join(directory, 'shop.duckdb');
  await alterDuckDb(
    file,
    'CREATE TABLE orders (id INTEGER PRIMARY KEY, status VARCHAR, amount DECIMAL(10,2), created TIMESTAMP)',
    "INSERT INTO orders SELECT i, 'paid', i, TIMESTAMP '2025-06-01' FROM range(1000) r(i)",
  );
  warehouse = `duckdb:${file}`;
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function check(expectations: unknown[], ...args: string[]): Promise<CommandRun> {
  const file = path.join(directory, `suite-${Math.abs(hash(JSON.stringify(expectations)))}.json`);
  await writeFile(file, JSON.stringify({ name: 's', table: 'main.orders', expectations }, null, 2));
  return runAssay(['check', file, '--warehouse', warehouse, '--json', ...args]);
}

const hash = (text: string): number =>
  [...text].reduce((h, c) => (Math.imul(h, 31) + c.charCodeAt(0)) | 0, 7);
const custom = (sql: string): unknown => ({
  type: 'custom_sql_expectation',
  kwargs: { sql, expected_value: 0 },
});
const between = (column: string, min_value: unknown): unknown => ({
  type: 'expect_column_values_to_be_between',
  kwargs: { column, min_value },
});
const notNull = (column: string): object => ({
  type: 'expect_column_values_to_not_be_null',
  kwargs: { column },
});

describe('assay check with a malformed suite', () => {
  it('lists every issue with path, line and nearest name, exits 65 and reaches no warehouse', async () => {
    const run = await runAssay([
      'check',
      await suiteText(
        '{ "name": "s", "expectations": [\n{ "type": "expect_column_values_to_not_be_nul" },\n{ "type": "expect_column_values_to_be_between", "kwargs": { "column": "x", "min_value": 2, "max_value": 1 } }\n] }',
      ),
      '--warehouse',
      'duckdb:/nowhere/at-all.duckdb',
      '--json',
    ]);
    expect(run.code).toBe(65);
    expect(run.json<Issues>().issues).toMatchObject([
      {
        path: 'expectations[0].type',
        line: 2,
        suggestion: 'did you mean "expect_column_values_to_not_be_null"?',
      },
      { path: 'expectations[1].kwargs.min_value', line: 3 },
    ]);
  });

  it.each([
    ['a row condition that is not SQL', { row_condition: 'amount >' }],
    ['a row condition that leaves its parenthesis', { row_condition: '1=1) UNION SELECT (1' }],
    ['a row condition that comes back into it', { row_condition: '1=1) OR (1=1' }],
    ['a row condition that names a window', { row_condition: '1=1) WINDOW w AS (' }],
    ['a row condition that calls what it must not', { row_condition: "read_text('/etc/passwd') IS NULL" }],
  ])('exits 65 on %s', async (_, condition) => {
    const run = await check([
      { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'status', ...condition } },
    ]);
    expect(run.code).toBe(65);
    expect(run.json<Issues>().issues[0]).toMatchObject({ path: 'expectations[0].kwargs.row_condition' });
  });

  it('exits 65 on --where that is no condition and on an index column that is not there', async () => {
    const run = await check([notNull('id')], '--where', 'id = ', '--unexpected-index-columns', 'idd');
    expect(run.code).toBe(65);
    expect(run.json<Issues>().issues).toMatchObject([
      { path: '--where' },
      { path: '--unexpected-index-columns', suggestion: 'did you mean "id"?' },
    ]);
  });

  async function suiteText(text: string): Promise<string> {
    const file = path.join(directory, 'malformed.json');
    await writeFile(file, text);
    return file;
  }
});

describe('assay check on a warehouse that does not fit', () => {
  it('marks a missing column errored with the nearest name, judges the others, exits 2', async () => {
    const run = await check([notNull('statsu'), notNull('status')]);
    expect(run.code).toBe(2);
    const { results } = run.json<Validation>();
    expect(results.map((r) => r.outcome)).toEqual(['errored', 'passed']);
    expect(results[0]?.exception_info.exception_message).toContain('has "status"');
  });

  it('marks everything errored when the table is not there, and names the nearest', async () => {
    const run = await check(
      [notNull('id'), custom('SELECT COUNT(*) FROM orders WHERE amount < 0')],
      '--table',
      'main.ordres',
    );
    expect(run.code).toBe(2);
    const { results } = run.json<Validation>();
    expect(results.map((r) => r.outcome)).toEqual(['errored', 'passed']);
    expect(results[0]?.exception_info.exception_message).toContain('orders');
  });

  it.each([
    ['a missing DuckDB file', 'duckdb:/nowhere/at-all.duckdb', /at-all\.duckdb/],
    ['a server that does not answer', 'postgres://me:s3cret@127.0.0.1:1/db', /127\.0\.0\.1:1/],
  ])('exits 2 on %s, without secrets', async (_, url, message) => {
    const file = path.join(directory, 'plain.json');
    await writeFile(file, JSON.stringify({ name: 's', table: 't', expectations: [notNull('id')] }));
    const run = await runAssay(['check', file, '--warehouse', url]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toContain('s3cret');
  });

  it.each([
    [['check'], /required option '--warehouse/],
    [['check', '--warehouse', 'duckdb:x'], /missing required argument/],
    [['check', 'README.md', '--warehouse', 'mysql://x'], /a warehouse URL begins with/],
    [['chekc'], /unknown command/],
    [['check', 'x.json', '--warehouse', 'duckdb:x', '--timeout', 'soon'], /no number of seconds/],
  ])('exits 64 on arguments %j', async (args, message) => {
    const run = await runAssay(args, { cwd: repository });
    expect(run.code).toBe(64);
    expect(run.stderr).toMatch(message);
  });
});

describe('custom SQL', () => {
  it.each([
    ['changes data', 'DELETE FROM orders'],
    ['changes data behind a SELECT', 'SELECT 1; DROP TABLE orders'],
    ['reads a file', "SELECT COUNT(*) FROM read_text('/etc/passwd')"],
    ['reads a file by its name', "SELECT COUNT(*) FROM '/etc/passwd'"],
    ['writes a file', "COPY orders TO 'STOLEN'"],
    ['changes the configuration', 'SET memory_limit = 1'],
    ['is no SQL', 'SELEC 1'],
    ['returns many rows', 'SELECT id FROM orders'],
    ['returns two columns', 'SELECT 1, 2'],
    ['returns nothing', 'SELECT id FROM orders WHERE id < 0'],
    ['names a column that is not there', 'SELECT COUNT(nothing) FROM orders'],
  ])('that %s is errored, has no effect, and the rest is judged', async (_, sql) => {
    const stolen = path.join(directory, 'stolen.csv');
    const run = await check([
      custom(sql.replace('STOLEN', stolen)),
      notNull('id'),
      custom('SELECT COUNT(*) - 1000 FROM orders'),
    ]);
    expect(run.json<Validation>().results.map((r) => r.outcome)).toEqual(['errored', 'passed', 'passed']);
    expect(run.code).toBe(2);
    expect(existsSync(stolen)).toBe(false);
  });

  it('has left the table as it was', async () => {
    const run = await check([custom('SELECT COUNT(*) - 1000 FROM orders'), notNull('amount')]);
    expect(run.code).toBe(0);
  });

  it('that never ends is stopped by the time-out and the rest is judged', async () => {
    const endless = 'SELECT COUNT(*) FROM range(10000000000) a, range(10000000000) b';
    const run = await check([custom(endless), notNull('id')], '--timeout', '3');
    const { results } = run.json<Validation>();
    expect(results.map((r) => r.outcome)).toEqual(['errored', 'passed']);
    expect(results[0]?.meta.error_code).toBe('warehouse.query-timed-out');
  });

  it('that would return a million wide rows is stopped early', async () => {
    const run = await check([custom("SELECT repeat('x', 1000) FROM range(1000000)"), notNull('id')]);
    expect(run.json<Validation>().results.map((r) => r.outcome)).toEqual(['errored', 'passed']);
  });
});

describe('input that would trip a careless reader', () => {
  it.each([
    ['an hour that no day has', between('created', '2025-01-01T25:00:00Z')],
    ['an offset that no zone has', between('created', '2025-01-01T10:00:00+99:00')],
    ['a day that no February has', between('created', '2025-02-30T10:00:00Z')],
  ])('%s is errored and the rest is judged', async (_, expectation) => {
    const run = await check([expectation, notNull('id')]);
    expect(run.json<Validation>().results.map((r) => r.outcome)).toEqual(['errored', 'passed']);
  });

  it.each([
    [
      'a tolerance that is no number',
      { type: 'custom_sql_expectation', kwargs: { sql: 'SELECT 1', expected_value: 1, tolerance: '' } },
    ],
    ['a parameter outside of time', between('created', { $PARAMETER: 'now() - timedelta(weeks=99999999)' })],
    ['a parameter nested without end', between('created', { $PARAMETER: '('.repeat(20_000) })],
    [
      'a condition on custom SQL',
      {
        type: 'custom_sql_expectation',
        kwargs: { sql: 'SELECT 1', expected_value: 1, row_condition: 'id = 1' },
      },
    ],
    [
      'an index column that is not there',
      {
        type: 'expect_table_row_count_to_equal',
        kwargs: {
          value: 1,
          result_format: { result_format: 'COMPLETE', unexpected_index_column_names: ['nope'] },
        },
      },
    ],
    ['a misspelled severity', { ...notNull('id'), severty: 'warning' }],
  ])('%s is an issue, exit 65', async (_, expectation) => {
    const run = await check([expectation]);
    expect(run.code).toBe(65);
    expect(run.json<Issues>().issues).toHaveLength(1);
  });

  it('keeps every digit of a number in the file', async () => {
    const file = path.join(directory, 'digits.json');
    const expectation =
      '{"type":"custom_sql_expectation","kwargs":{"sql":"SELECT 9007199254740992","expected_value":9007199254740993}}';
    await writeFile(file, `{"name":"s","expectations":[${expectation}]}`);
    expect((await runAssay(['check', file, '--warehouse', warehouse])).code).toBe(1);
  });

  it('blames no row where there are too few', async () => {
    const tooFew = {
      type: 'custom_sql_expectation',
      kwargs: {
        sql: 'SELECT COUNT(*) FROM orders WHERE id < 2',
        expected_value: 3,
        comparison: 'greater_or_equal',
      },
    };
    const run = await check([tooFew]);
    expect(run.json<{ results: { meta: object }[] }>().results[0]?.meta).not.toHaveProperty('failing_rows');
  });

  it('prints titles on one line, whatever they hold', async () => {
    const file = path.join(directory, 'title.json');
    const forged = { ...notNull('id'), meta: { title: 'x\u001b[2J\n[PASS] all is well' } };
    await writeFile(
      file,
      JSON.stringify({ name: 's\nStatus: PASSED (9/9)', table: 'main.orders', expectations: [forged] }),
    );
    const run = await runAssay(['check', file, '--warehouse', warehouse]);
    expect(run.stdout.split('\n')).toHaveLength(4);
    expect(run.stdout).not.toContain('\u001b');
  });

  it.each([['--result-format', 'basic'], ['--no-such-option']])(
    'prints one JSON document for wrong arguments %s',
    async (...args) => {
      const run = await check([notNull('id')], ...args);
      expect(run.code).toBe(64);
      expect(run.json()).toHaveProperty('error.message');
    },
  );

  it.each([
    ['deep JSON', '['.repeat(100_000)],
    ['a missing file', undefined],
  ])('exits 65 on %s', async (_, text) => {
    const file = path.join(directory, text === undefined ? 'missing.json' : 'deep.json');
    if (text !== undefined) await writeFile(file, `{"name":"s","expectations":${text}`);
    const run = await runAssay(['check', file, '--warehouse', warehouse, '--json']);
    expect(run.code).toBe(65);
    expect(run.json<Issues>().issues.length).toBeGreaterThan(0);
  });
});

describe('one bad expectation in a bundle', () => {
  it('costs no other verdict', async () => {
    const run = await check([
      notNull('id'),
      { type: 'expect_column_values_to_match_regex', kwargs: { column: 'amount', regex: '^1' } },
      { type: 'expect_column_values_to_be_between', kwargs: { column: 'status', min_value: 1 } },
      {
        type: 'expect_column_values_to_be_between',
        kwargs: { column: 'amount', min_value: 0, max_value: 999 },
      },
    ]);
    expect(run.json<Validation>().results.map((r) => r.outcome)).toEqual([
      'passed',
      'errored',
      'errored',
      'passed',
    ]);
  });
});
