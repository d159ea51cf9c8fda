import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAssay } from '../support/assay.js';
import { startTestEngine, type TestEngine } from '../support/test-engines.js';
import { alterDuckDb } from '../support/worlds.js';

const suite = [
  'name: orders',
  'table: orders',
  'expectations:',
  '  - type: expect_column_values_to_be_unique',
  '    kwargs: { column: order_id }',
  '  - type: expect_column_values_to_be_in_set',
  '    kwargs: { column: status, value_set: [open, paid, shipped], mostly: 0.99 }',
  '  - type: custom_sql_expectation',
  '    kwargs: { sql: SELECT COUNT(*) FROM orders WHERE paid_at < ordered_at, expected_value: 0 }',
].join('\n');

const table = `CREATE TABLE orders (order_id INTEGER, status VARCHAR(10), ordered_at TIMESTAMP, paid_at TIMESTAMP)`;
const rows = `INSERT INTO orders VALUES (1, 'open', '2025-01-01', NULL), (2, 'paid', '2025-01-01', '2025-01-02'),
  (3, 'lost', '2025-01-02', '2025-01-01'), (3, 'shipped', '2025-01-02', '2025-01-03')`;

interface Validation {
  results: { outcome: string; meta: { failing_rows?: { rows: Record<string, unknown>[] } } }[];
}

let directory: string;
let suiteFile: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'assay-own-data-'));
  suiteFile = path.join(directory, 'orders.yaml');
  await writeFile(suiteFile, suite);
  await alterDuckDb(
    path.join(directory, 'shop.duckdb'),
    table,
    rows,
    `COPY orders TO '${directory}/orders.parquet'`,
    `COPY orders TO '${directory}/orders.csv' (HEADER)`,
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function expectVerdicts(validation: Validation): void {
  const { results } = validation;
  expect(results.map((r) => r.outcome)).toEqual(['failed', 'failed', 'failed']);
  expect(results.map((r) => r.meta.failing_rows?.rows.map((row) => row['status']).sort())).toEqual([
    ['lost', 'shipped'],
    ['lost'],
    ['lost'],
  ]);
}

describe('the README’s own suite', () => {
  it.each(['shop.duckdb', 'orders.parquet', 'orders.csv'])('judges %s', async (file) => {
    const run = await runAssay(['check', suiteFile, '--warehouse', `duckdb:${file}`, '--json'], {
      cwd: directory,
    });
    expect(run.code).toBe(1);
    expectVerdicts(run.json<Validation>());
  });

  it('reads no file beside the one that it was given', async () => {
    const sneaky = path.join(directory, 'sneaky.json');
    const expectation = {
      type: 'expect_table_row_count_to_be_between',
      kwargs: { min_value: 0, row_condition: `EXISTS (SELECT 1 FROM '${suiteFile}')` },
    };
    await writeFile(sneaky, JSON.stringify({ name: 's', table: 'orders', expectations: [expectation] }));
    const run = await runAssay(['check', sneaky, '--warehouse', 'duckdb:orders.csv', '--json'], {
      cwd: directory,
    });
    expect(run.code).toBe(65);
  });

  it('says which rows in words and in SQL', async () => {
    const run = await runAssay(['check', suiteFile, '--warehouse', 'duckdb:shop.duckdb'], { cwd: directory });
    expect(run.stdout).toContain('Status: FAILED (0/3)');
    expect(run.stdout).toContain(
      '[FAIL] order_id is unique: 2 of 4 values (50.0 %) occur more than once; 1 distinct',
    );
    expect(run.stdout).toMatch(/order_id\s+status/);
    expect(run.stdout).toContain('SELECT * FROM orders WHERE paid_at < ordered_at');
  });

  it('shows the plan and runs nothing with --explain', async () => {
    const run = await runAssay(
      ['check', suiteFile, '--warehouse', 'duckdb:shop.duckdb', '--explain', '--json'],
      {
        cwd: directory,
      },
    );
    expect(run.code).toBe(0);
    expect(run.json()).toMatchObject({ data_queries: 3, errored: [], table: 'shop.main.orders' });
  });

  it('judges a rebuilt file as it lies there, and an unwritable directory is no hindrance', async () => {
    const copy = path.join(directory, 'shop2.duckdb');
    await alterDuckDb(
      copy,
      table,
      rows.replace("(3, 'lost'", "(4, 'paid'").replace("'2025-01-01'), (3", "'2025-01-03'), (3"),
    );
    const run = await runAssay(['check', suiteFile, '--warehouse', `duckdb:${copy}`, '--json'], { cwd: '/' });
    expect(run.json<Validation>().results.map((r) => r.outcome)).toEqual(['passed', 'passed', 'passed']);
    expect(run.code).toBe(0);
  });
});

describe('the README’s own suite on Postgres', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine('postgres', [table, rows]);
  });
  afterAll(() => engine.dispose());

  it('judges with the password beside the URL', async () => {
    const url = new URL(engine.url);
    const password = decodeURIComponent(url.password);
    url.password = '';
    const run = await runAssay(['check', suiteFile, '--warehouse', url.href, '--json'], {
      env: { ASSAY_WAREHOUSE_PASSWORD: password },
    });
    expect(run.stderr).toBe('');
    expectVerdicts(run.json<Validation>());
    expect(run.json()).toMatchObject({ meta: { one_snapshot: true, engine: 'postgres' } });
  });

  it('exits 2 on a wrong password and tells no password', async () => {
    const url = new URL(engine.url);
    url.password = 'wr0ng-secret';
    const run = await runAssay(['check', suiteFile, '--warehouse', url.href]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/password|authentication/i);
    expect(run.stderr).not.toContain('wr0ng-secret');
  });

  it.each([
    ['sleeps', 'SELECT pg_sleep(600)'],
    ['sleeps in attribute notation', 'SELECT (600::float8).pg_sleep'],
    ['deletes', 'DELETE FROM orders'],
    ['deletes in a CTE', 'WITH gone AS (DELETE FROM orders RETURNING 1) SELECT COUNT(*) FROM gone'],
    ['ends the transaction', 'COMMIT; DROP TABLE orders'],
    ['reads a file', "SELECT pg_read_file('/etc/passwd')"],
    ['runs a program', "COPY orders TO PROGRAM 'touch /tmp/assay-was-here'"],
    ['switches a safeguard off', "SELECT set_config('statement_timeout', '0', false)"],
    [
      'counts for ever',
      'SELECT COUNT(*) FROM generate_series(1, 10000000) a, generate_series(1, 10000000) b',
    ],
    ['returns a million rows', 'SELECT a FROM generate_series(1, 1000000) a'],
  ])('custom SQL that %s is errored, has no effect, and the rest is judged', async (_, sql) => {
    const file = path.join(directory, 'attack.json');
    const custom = (text: string, expected: number): unknown => ({
      type: 'custom_sql_expectation',
      kwargs: { sql: text, expected_value: expected },
    });
    const expectations = [custom(sql, 0), custom('SELECT COUNT(*) FROM orders', 4)];
    await writeFile(file, JSON.stringify({ name: 's', expectations }));
    const run = await runAssay(['check', file, '--warehouse', engine.url, '--json', '--timeout', '4']);
    expect(run.json<Validation>().results.map((r) => r.outcome)).toEqual(['errored', 'passed']);
    expect(run.code).toBe(2);
  });
});
