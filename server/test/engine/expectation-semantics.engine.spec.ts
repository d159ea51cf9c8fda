import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSuite, runSuite, validationResult, type RunSuiteOptions } from '../../src/quality/index.js';
import type { WarehouseAdapter } from '../../src/warehouse/index.js';
import { startTestEngine, testEngines, type TestEngine } from '../support/test-engines.js';

const columns = `"id" INTEGER PRIMARY KEY, "n" INTEGER, "m" INTEGER, "d" DECIMAL(12,2), "f" DOUBLE PRECISION, "t" VARCHAR(50),
  "day" DATE, "at" TIMESTAMP, "ok" BOOLEAN, "odd ""name" VARCHAR(10), "mood" mood, "r" REAL, "padded" CHAR(5)`;
const statements = [
  'CREATE SCHEMA s',
  "CREATE TYPE mood AS ENUM ('sad', 'glad')",
  `CREATE TABLE s.empty (${columns})`,
  `CREATE TABLE s.nulls (${columns})`,
  'INSERT INTO s.nulls (id) VALUES (1), (2), (3), (4)',
  `CREATE TABLE s.mixed (${columns})`,
  `INSERT INTO s.mixed VALUES
    (1, 5, 1, 0.10, 0.1, 'ann@x.org', '2025-01-01', '2025-01-01 10:00:00', true, 'a', 'sad', 0.1, 'ab'),
    (2, 5, 5, 0.20, 0.2, 'bob', '2025-02-01', '2025-02-01 00:00:00', false, 'b', 'glad', 1.5, 'ab '),
    (3, 7, 9, 99999999.99, 1e300, '', '2025-03-01', '2025-03-01 23:59:59.5', true, 'c', NULL, NULL, NULL),
    (4, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (5, 9, NULL, -0.01, -1, 'it''s', '2025-12-31', '2025-12-31 12:00:00', true, 'd', 'sad', 0.1, NULL),
    (6, NULL, NULL, 0.30, 0.3, E'x', '2024-02-29', '2024-02-29 00:00:00', false, 'e', 'sad', NULL, NULL)`.replace(
    "E'x'",
    "'x'",
  ),
  'CREATE VIEW s.seen AS SELECT id, n FROM s.mixed',
];

interface Result {
  success: boolean;
  outcome: string;
  result: Record<string, unknown>;
  meta: { notice?: string; failing_rows?: { rows: Record<string, unknown>[]; total: number; key: string[] } };
}

type Kwargs = Record<string, unknown>;
const between = (column: string, min: unknown, max: unknown, more: Kwargs = {}): [string, Kwargs] => [
  'expect_column_values_to_be_between',
  { column, min_value: min, max_value: max, ...more },
];
const inSet = (column: string, value_set: unknown[], more: Kwargs = {}): [string, Kwargs] => [
  'expect_column_values_to_be_in_set',
  { column, value_set, ...more },
];
const unique = (column: string, more: Kwargs = {}): [string, Kwargs] => [
  'expect_column_values_to_be_unique',
  { column, ...more },
];
const notNull = (column: string, more: Kwargs = {}): [string, Kwargs] => [
  'expect_column_values_to_not_be_null',
  { column, ...more },
];
const regex = (column: string, pattern: string, more: Kwargs = {}): [string, Kwargs] => [
  'expect_column_values_to_match_regex',
  { column, regex: pattern, ...more },
];
const greater = (a: string, b: string, more: Kwargs = {}): [string, Kwargs] => [
  'expect_column_pair_values_a_to_be_greater_than_b',
  { column_A: a, column_B: b, ...more },
];
const rows = (min: number, max: number, more: Kwargs = {}): [string, Kwargs] => [
  'expect_table_row_count_to_be_between',
  { min_value: min, max_value: max, ...more },
];

/** [table, expectation, outcome, ids of the failing rows] */
const cases: [string, [string, Kwargs], string, number[]?][] = [
  // Nothing to judge passes; only the row count can fail.
  ['empty', notNull('n'), 'passed'],
  ['empty', unique('n'), 'passed'],
  ['empty', between('n', 0, 1), 'passed'],
  ['empty', inSet('t', []), 'passed'],
  ['empty', regex('t', '^a'), 'passed'],
  ['empty', greater('n', 'm'), 'passed'],
  ['empty', rows(1, 5), 'failed'],
  ['nulls', notNull('n'), 'failed', [1, 2, 3, 4]],
  ['nulls', unique('n'), 'passed'],
  ['nulls', between('n', 0, 1), 'passed'],
  ['nulls', inSet('t', ['a']), 'passed'],
  ['nulls', regex('t', '^a'), 'passed'],
  ['nulls', greater('n', 'm'), 'passed'],
  // Every member of a group of equals is unexpected.
  ['mixed', unique('n'), 'failed', [1, 2]],
  ['mixed', unique('n', { mostly: 0.5 }), 'passed', [1, 2]],
  ['mixed', unique('id'), 'passed'],
  // Exact decimals, floats as floats, strict bounds.
  ['mixed', between('d', 0.1, 99999999.99), 'failed', [5]],
  ['mixed', between('d', '0.11', null), 'failed', [1, 5]],
  ['mixed', between('d', null, 0.3, { strict_max: true }), 'failed', [3, 6]],
  ['mixed', between('f', -1, 1e300), 'passed'],
  ['mixed', between('f', 0.1, 0.3, { strict_min: true, mostly: 0.4 }), 'passed', [1, 3, 5]],
  ['mixed', between('n', 5, 7), 'failed', [5]],
  ['mixed', between('n', 5, 7, { mostly: 0.75 }), 'passed', [5]],
  ['mixed', between('n', 5, 7, { mostly: 0.76 }), 'failed', [5]],
  ['mixed', between('n', 4.5, 8.5), 'failed', [5]],
  // Dates against dates and moments, text against text.
  ['mixed', between('day', '2025-01-01', '2025-12-31'), 'failed', [6]],
  ['mixed', between('at', '2025-01-01', '2025-12-31'), 'failed', [5, 6]],
  ['mixed', between('at', '2024-01-01T00:00:00+00:00', '2025-03-01T23:59:59Z'), 'failed', [3, 5]],
  ['mixed', between('t', 'a', 'c'), 'failed', [3, 5, 6]],
  ['mixed', between('n', 'a', 'c'), 'errored'],
  ['mixed', between('t', 1, 2), 'errored'],
  // Bounds in the order of their kind, whatever they look like as text.
  ['mixed', between('n', '5', '10'), 'passed'],
  ['mixed', between('n', '10', '9'), 'errored'],
  ['mixed', between('d', '-1.5', '-0.001', { mostly: 0.2 }), 'passed', [1, 2, 3, 6]],
  ['mixed', between('at', '2024-01-01T00:00:00+14:00', '2026-12-31T20:00:00+00:00'), 'passed'],
  // The empty string is a value, NULL is not.
  ['mixed', inSet('t', ['ann@x.org', 'bob', 'x']), 'failed', [3, 5]],
  ['mixed', inSet('t', ["it's", '', 'bob', 'x', 'ann@x.org']), 'passed'],
  ['mixed', inSet('n', [5, 7, 9, null]), 'passed'],
  ['mixed', inSet('d', [0.1, '0.20', 0.3, 99999999.99]), 'failed', [5]],
  ['mixed', inSet('day', ['2025-01-01', '2025-02-01', '2025-03-01', '2025-12-31', '2024-02-29']), 'passed'],
  ['mixed', inSet('ok', [true]), 'failed', [2, 6]],
  ['mixed', inSet('n', ['five']), 'errored'],
  ['mixed', inSet('r', [0.1, 1.5]), 'passed'],
  ['mixed', between('r', 0.1, 1.5), 'passed'],
  ['mixed', inSet('mood', ['glad', 'bored']), 'failed', [1, 5, 6]],
  ['mixed', regex('mood', 'ad$'), 'passed'],
  ['mixed', notNull('id', { row_condition: 'col("mood") == "glad"' }), 'passed'],
  ['mixed', notNull('n'), 'failed', [4, 6]],
  ['mixed', notNull('n', { mostly: 0.6 }), 'passed', [4, 6]],
  ['mixed', notNull('odd "name'), 'failed', [4]],
  ['mixed', regex('t', '@'), 'failed', [2, 3, 5, 6]],
  ['mixed', regex('t', '^\\w*$'), 'failed', [1, 5]],
  ['mixed', regex('n', '5'), 'errored'],
  // Pairs: which rows are left out.
  ['mixed', greater('n', 'm'), 'failed', [2, 3]],
  ['mixed', greater('n', 'm', { or_equal: true }), 'failed', [3]],
  ['mixed', greater('n', 'm', { or_equal: true, ignore_row_if: 'either_value_is_missing' }), 'failed', [3]],
  ['mixed', greater('n', 'm', { or_equal: true, ignore_row_if: 'neither', mostly: 0.83 }), 'passed', [3]],
  ['mixed', greater('n', 't'), 'errored'],
  ['mixed', rows(6, 6), 'passed'],
  ['mixed', rows(6, 7, { strict_min: true }), 'failed'],
  // Row conditions, in both languages.
  [
    'mixed',
    notNull('n', { row_condition: 'col("id") < 4', condition_parser: 'great_expectations' }),
    'passed',
  ],
  ['mixed', notNull('n', { row_condition: 'id >= 4 AND t IS NOT NULL' }), 'failed', [6]],
  ['mixed', unique('n', { row_condition: 'col("id") != 2' }), 'passed'],
  ['mixed', notNull('n', { row_condition: 'col("day") > date("2030-01-01")' }), 'passed'],
  ['mixed', rows(3, 3, { row_condition: '"ok"' }), 'passed'],
  ['mixed', notNull('n', { row_condition: 'col("gone") > 1' }), 'errored'],
  // A view has no key, but its rows are told all the same.
  ['seen', notNull('n'), 'failed', [4, 6]],
];

describe.each(testEngines)('semantics of expectations on %s', (name) => {
  let engine: TestEngine;
  let adapter: WarehouseAdapter;
  beforeAll(async () => {
    engine = await startTestEngine(name, statements);
    adapter = await engine.open();
  });
  afterAll(async () => {
    await adapter.close();
    await engine.dispose();
  });

  async function judge(
    table: string,
    expectations: unknown[],
    options: RunSuiteOptions = {},
  ): Promise<{ results: Result[]; meta: { data_queries: number } }> {
    const text = JSON.stringify({ name: 's', expectations });
    const suite = readSuite(text, { fileName: 's.json', capabilities: adapter.capabilities });
    const run = await runSuite(suite, adapter, { table: ['s', table], ...options });
    return validationResult(run) as unknown as { results: Result[]; meta: { data_queries: number } };
  }

  it.each(cases)('%s: %j is %s', async (table, [type, kwargs], outcome, failing = []) => {
    const { results } = await judge(table, [{ type, kwargs }], { resultFormat: 'COMPLETE' });
    const [result] = results;
    expect(result?.outcome).toBe(outcome);
    expect((result?.meta.failing_rows?.rows ?? []).map((row) => row['id']).sort()).toEqual(failing);
    if (failing.length > 0) {
      expect(result?.result['unexpected_count']).toBe(failing.length);
      expect(result?.meta.failing_rows?.total).toBe(failing.length);
    }
  });

  it('gives the same verdicts in one suite as one by one, in few statements', async () => {
    const mixed = cases.filter(([table]) => table === 'mixed');
    const { results, meta } = await judge(
      'mixed',
      mixed.map(([, [type, kwargs]]) => ({ type, kwargs })),
      {
        resultFormat: 'BOOLEAN_ONLY',
      },
    );
    expect(results.map((r) => r.outcome)).toEqual(mixed.map(([, , outcome]) => outcome));
    // One scan for each set of rows (no condition, and six of them), one grouping for each unique column and set.
    expect(meta.data_queries).toBeLessThanOrEqual(10);
  });

  it('reports counts, percentages and lists as Great Expectations does', async () => {
    const [type, kwargs] = between('n', 5, 7);
    const { results } = await judge('mixed', [{ type, kwargs }], {
      resultFormat: 'COMPLETE',
      indexColumns: ['id'],
    });
    expect(results[0]?.result).toEqual({
      element_count: 6,
      unexpected_count: 1,
      unexpected_percent: 25,
      partial_unexpected_list: [9],
      unexpected_index_column_names: ['id'],
      missing_count: 2,
      missing_percent: (100 * 2) / 6,
      unexpected_percent_total: (100 * 1) / 6,
      unexpected_percent_nonmissing: 25,
      partial_unexpected_counts: [{ value: 9, count: 1 }],
      partial_unexpected_index_list: [{ id: 5, n: 9 }],
      unexpected_list: [9],
      unexpected_index_list: [{ id: 5, n: 9 }],
      unexpected_index_query: expect.stringContaining('SELECT *') as unknown,
    });
  });

  it('says that it judged nothing where that passes', async () => {
    const [type, kwargs] = between('n', 5, 7, { row_condition: 'id > 100' });
    const { results } = await judge('mixed', [{ type, kwargs }]);
    expect(results[0]).toMatchObject({
      outcome: 'passed',
      meta: { notice: expect.stringContaining('no rows') as unknown },
    });
  });

  it('warns instead of failing where the severity is not critical', async () => {
    const [type, kwargs] = notNull('n');
    const { results } = await judge('mixed', [{ type, kwargs, severity: 'warning' }]);
    expect(results[0]).toMatchObject({ outcome: 'warned', success: false });
  });

  it('judges only the rows that --where leaves', async () => {
    const [type, kwargs] = notNull('n');
    const { results } = await judge('mixed', [{ type, kwargs }], { where: 'id < 4' });
    expect(results[0]).toMatchObject({ outcome: 'passed', result: { element_count: 3 } });
  });

  it('judges against a set of 100,000 values', async () => {
    const [type, kwargs] = inSet(
      'n',
      Array.from({ length: 100_000 }, (_, i) => i + 6),
    );
    const { results } = await judge('mixed', [{ type, kwargs }]);
    expect(results[0]).toMatchObject({ outcome: 'failed', result: { unexpected_count: 2 } });
  });

  it.each([
    ['SELECT COUNT(*) FROM s.mixed WHERE n > 6', [3, 5]],
    ['with big as (select * from s.mixed where n > 6) select count(*) from big -- all', [3, 5]],
  ])('finds the rows behind %s', async (sql, failing) => {
    const { results } = await judge('mixed', [
      { type: 'custom_sql_expectation', kwargs: { sql, expected_value: 0 } },
    ]);
    expect(results[0]?.meta.failing_rows?.rows.map((row) => row['id']).sort()).toEqual(failing);
  });
});
