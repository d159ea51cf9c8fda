import type { ExpectationResult, SuiteRun } from '../run/suite-run.js';
import { observedResult, rowObjects } from './observed-result.js';
import { summarySentence } from './summary-sentence.js';

/**
 * A run as Great Expectations 1.x writes a validation result, so that what reads theirs reads ours.
 * Ours on top: `results[].outcome`, `results[].meta.{title, says, sql, failing_rows}`,
 * `meta.{data_queries, statements, …}`.
 */
export function validationResult(run: SuiteRun): Record<string, unknown> {
  const successful = run.results.filter((r) => r.outcome === 'passed').length;
  const evaluated = run.results.length;
  return {
    success: successful === evaluated,
    suite_name: run.suite.name,
    outcome: run.outcome,
    statistics: {
      evaluated_expectations: evaluated,
      successful_expectations: successful,
      unsuccessful_expectations: evaluated - successful,
      success_percent: evaluated === 0 ? null : (100 * successful) / evaluated,
    },
    results: run.results.map(expectationResult),
    meta: {
      ...run.suite.meta,
      table: run.table?.join('.') ?? null,
      engine: run.engine,
      started_at: run.startedAt.toISOString(),
      elapsed_ms: Math.round(run.elapsedMs),
      one_snapshot: run.consistent,
      data_queries: run.dataQueries,
      statements: run.statements.map((s) => ({
        sql: s.sql,
        reads_data: s.readsData,
        rows: s.rows,
        elapsed_ms: Math.round(s.elapsedMs),
        ...(s.error === undefined ? {} : { error: s.error }),
      })),
    },
  };
}

function expectationResult(result: ExpectationResult): Record<string, unknown> {
  const { expectation, notices = [], error, failingRows, failingRowsNotice } = result;
  return {
    success: result.outcome === 'passed',
    outcome: result.outcome,
    expectation_config: {
      type: expectation.type,
      kwargs: expectation.writtenKwargs,
      meta: expectation.meta,
      severity: expectation.severity,
    },
    result: observedResult(result),
    exception_info: {
      raised_exception: error !== undefined,
      exception_message: error?.message ?? null,
      exception_traceback: null,
    },
    meta: {
      title: result.title,
      says: summarySentence(result),
      ...(notices.length === 0 ? {} : { notice: notices.join('; ') }),
      ...(error === undefined ? {} : { error_code: error.code }),
      sql: result.sql,
      ...(failingRows && failingRows.total !== 0
        ? {
            failing_rows: {
              key: failingRows.key,
              total: failingRows.total ?? null,
              truncated: failingRows.truncated,
              rows: rowObjects(failingRows),
              sql: failingRows.sql,
            },
          }
        : {}),
      ...(failingRowsNotice === undefined ? {} : { failing_rows_notice: failingRowsNotice }),
    },
  };
}
