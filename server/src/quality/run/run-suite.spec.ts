import { describe, expect, it } from 'vitest';
import {
  ConnectionFailed,
  PermissionDenied,
  QueryRejected,
  QueryTimedOut,
  type Statement,
  type TableDescription,
} from '../../warehouse/index.js';
import { FakeAdapter } from '../../warehouse/testing/fake-adapter.js';
import { readSuite } from '../suite-file/read-suite.js';
import type { Suite } from '../suite.js';
import { runSuite } from './run-suite.js';

const table: TableDescription = {
  name: ['shop', 'main', 'orders'],
  kind: 'table',
  columns: ['id', 'a', 'b', 'c'].map((name) => ({
    name,
    type: 'INTEGER',
    category: 'integer',
    nullable: true,
  })),
  primaryKey: ['id'],
};

const notNull = (column: string, more: object = {}): object => ({
  type: 'expect_column_values_to_not_be_null',
  kwargs: { column },
  ...more,
});

function suiteOf(adapter: FakeAdapter, ...expectations: object[]): Suite {
  const text = JSON.stringify({ name: 's', table: 'shop.main.orders', expectations });
  return readSuite(text, { fileName: 's.json', capabilities: adapter.capabilities });
}

/** Counts 10 rows and 10 present values, whatever is asked; fails where the statement names a column at fault. */
function warehouse(fault?: (statement: Statement) => Error | undefined): FakeAdapter {
  return new FakeAdapter().addTable(table).answer(/^SELECT COUNT/, (statement) => {
    const error = fault?.(statement);
    if (error) return error;
    const columns = [...statement.sql.matchAll(/ AS "m\d+"/g)].map((_, i) => ({
      name: `m${i}`,
      type: 'BIGINT',
      category: 'integer' as const,
    }));
    return { columns, rows: [columns.map(() => 10)] };
  });
}

const outcomes = async (adapter: FakeAdapter, ...expectations: object[]): Promise<string[]> =>
  (await runSuite(suiteOf(adapter, ...expectations), adapter)).results.map((r) => r.outcome);

describe('runSuite', () => {
  it('measures equal metrics once, all of them in one statement', async () => {
    const adapter = warehouse();
    expect(await outcomes(adapter, notNull('a'), notNull('b'), notNull('a'))).toEqual([
      'passed',
      'passed',
      'passed',
    ]);
    expect(adapter.statements.map((s) => s.sql)).toEqual([
      'SELECT COUNT(*) AS "m0",\n       COUNT("a") AS "m1",\n       COUNT("b") AS "m2"\nFROM "shop"."main"."orders"',
    ]);
  });

  it.each([
    ['rejects', new QueryRejected('no such function')],
    ['forbids', new PermissionDenied('permission denied for column b')],
  ])('halves a bundle that the engine %s until the one at fault stands alone', async (_, error) => {
    const adapter = warehouse((s) => (s.sql.includes('"b"') ? error : undefined));
    expect(await outcomes(adapter, notNull('a'), notNull('b'), notNull('c'))).toEqual([
      'passed',
      'errored',
      'passed',
    ]);
  });

  it.each([
    ['a time-out', new QueryTimedOut('too long')],
    ['a lost connection', new ConnectionFailed('gone')],
  ])('does not try again after %s: all of the bundle are errored', async (_, error) => {
    const adapter = warehouse(() => error);
    expect(await outcomes(adapter, notNull('a'), notNull('b'))).toEqual(['errored', 'errored']);
    expect(adapter.statements).toHaveLength(1);
  });

  it('never takes a missing row for a count of zero', async () => {
    const adapter = new FakeAdapter().addTable(table).answer(/^SELECT COUNT/, { rows: [] });
    expect(await outcomes(adapter, notNull('a'))).toEqual(['errored']);
  });

  it('judges without what is only nice to know', async () => {
    const adapter = warehouse((s) => (/MIN|MAX/.test(s.sql) ? new QueryRejected('no min(uuid)') : undefined));
    const between = {
      type: 'expect_column_values_to_be_between',
      kwargs: { column: 'a', max_value: 5, mostly: 0 },
    };
    const run = await runSuite(suiteOf(adapter, between), adapter, { resultFormat: 'BOOLEAN_ONLY' });
    expect(run.results[0]).toMatchObject({
      outcome: 'passed',
      sentence: '10 of 10 values (100.0 %) outside (-∞, 5]',
    });
  });

  it('splits a bundle that has more columns or parameters than the engine takes', async () => {
    const limited = new FakeAdapter({ capabilities: { maxSelectColumns: 2, maxParameters: 100 } });
    limited
      .addTable(table)
      .answer(/^SELECT/, ({ sql }) => ({ rows: [[...sql.matchAll(/ AS "m/g)].map(() => 10)] }));
    await runSuite(suiteOf(limited, notNull('a'), notNull('b'), notNull('c')), limited);
    expect(limited.statements).toHaveLength(2);
  });

  it('says that one snapshot was lost in mid-run', async () => {
    const adapter = warehouse();
    const run = runSuite(suiteOf(adapter, notNull('a')), adapter, {
      onProgress: () => adapter.loseSnapshots(),
    });
    expect((await run).consistent).toBe(false);
  });

  it('marks as errored what is not judged when the time-out passes', async () => {
    const adapter = new FakeAdapter({ inspect: () => ({ refusals: [], countedRows: null }) });
    const endless = { type: 'custom_sql_expectation', kwargs: { sql: 'ENDLESS', expected_value: 0 } };
    const run = await runSuite(suiteOf(adapter, endless), adapter, { timeoutMs: 50 });
    expect(run.results[0]).toMatchObject({
      outcome: 'errored',
      error: { code: 'warehouse.query-timed-out' },
    });
  });

  it('sends nothing of what the allow-list refuses, and counts it as no data query', async () => {
    const adapter = new FakeAdapter({ inspect: () => ({ refusals: ['it deletes'], countedRows: null }) });
    const custom = {
      type: 'custom_sql_expectation',
      kwargs: { sql: 'DELETE FROM orders', expected_value: 0 },
    };
    const run = await runSuite(suiteOf(adapter, custom), adapter);
    expect(run.results[0]).toMatchObject({
      outcome: 'errored',
      error: { code: 'warehouse.statement-refused' },
    });
    expect(run.dataQueries).toBe(0);
    expect(adapter.statements).toEqual([]);
  });

  it('warns where the severity is not critical, and the run is no worse', async () => {
    const adapter = warehouse().answer(/COUNT/, { rows: [[10, 9]] });
    const run = await runSuite(suiteOf(adapter, notNull('a', { severity: 'info' })), adapter, {
      resultFormat: 'BOOLEAN_ONLY',
    });
    expect(run.outcome).toBe('warned');
  });
});
