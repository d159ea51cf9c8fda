import { recorded, type QueryOptions, type WarehouseAdapter } from '../../warehouse/index.js';
import { worstOutcome } from '../outcome.js';
import type { ResultFormat, Suite } from '../suite.js';
import { judgeExpectation } from './judge-expectation.js';
import { measure, type Measurements } from './measure.js';
import { prepareSuite, type PrepareSuiteOptions } from './prepare-suite.js';
import type { RunStatement, SuiteRun } from './suite-run.js';

export interface RunSuiteOptions extends Pick<
  PrepareSuiteOptions,
  'table' | 'where' | 'indexColumns' | 'signal'
> {
  /** Where an expectation does not say it itself; default BASIC. */
  resultFormat?: ResultFormat;
  /** For the whole run; expectations that are not judged by then are `errored`. */
  timeoutMs?: number;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Judges the data by the suite. Bad data and expectations that cannot be measured are results; thrown is only
 * what keeps the whole run from happening.
 * @throws InputInvalid a condition that is none, an index column that is not there
 * @throws ConnectionFailed the warehouse cannot be reached at all
 */
export async function runSuite(
  suite: Suite,
  connected: WarehouseAdapter,
  options: RunSuiteOptions = {},
): Promise<SuiteRun> {
  const startedAt = new Date();
  const begin = performance.now();
  const statements: RunStatement[] = [];
  const adapter = recorded(connected, (s) =>
    statements.push({
      sql: s.sql,
      // What was refused, or gave up waiting for its turn, was never sent.
      readsData: s.origin !== 'catalog' && s.sent,
      elapsedMs: s.elapsedMs,
      rows: s.rows,
      ...(s.errorCode === null ? {} : { error: s.errorCode }),
    }),
  );
  const deadline = options.timeoutMs === undefined ? Infinity : begin + options.timeoutMs;
  const remaining = (): QueryOptions => ({
    ...(options.signal ? { signal: options.signal } : {}),
    ...(deadline === Infinity ? {} : { timeoutMs: Math.max(1, Math.ceil(deadline - performance.now())) }),
  });

  const plan = await prepareSuite(suite, adapter, { ...options, ...remaining() });
  const snapshot = await adapter.snapshot(remaining());
  try {
    const measurements: Measurements = new Map();
    let done = 0;
    const total = plan.statements.length + plan.expectations.length;
    const step = (): void => options.onProgress?.(++done, total);
    options.onProgress?.(done, total);
    await Promise.all(
      plan.statements.map(async (statement) => {
        await measure(statement, measurements, snapshot, adapter.dialect, plan.table?.name ?? [], remaining);
        step();
      }),
    );
    const context = {
      suite,
      plan,
      adapter,
      snapshot,
      measurements,
      resultFormat: options.resultFormat ?? ('BASIC' as const),
      ...(options.indexColumns ? { indexColumns: options.indexColumns } : {}),
      remaining,
    };
    const results = await Promise.all(
      plan.expectations.map(async (planned) => {
        const result = await judgeExpectation(planned, context);
        step();
        return result;
      }),
    );
    return {
      suite,
      ...(plan.table ? { table: plan.table.name } : {}),
      outcome: worstOutcome(results.map((r) => r.outcome)),
      results,
      statements,
      dataQueries: statements.filter((s) => s.readsData).length,
      consistent: snapshot.consistent,
      engine: adapter.engine,
      startedAt,
      elapsedMs: performance.now() - begin,
    };
  } finally {
    await snapshot.close();
  }
}
