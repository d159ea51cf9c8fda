import { call, identifier, sql, type SqlFragment } from '../../warehouse/index.js';
import type { Metric } from '../plan/metric.js';
import type { Measured, RowCounts } from './expectation-kind.js';

export const aggregate = (expression: SqlFragment): Metric => ({ metric: 'aggregate', expression });

/** Nice to have for the sentence; where the engine cannot compute it, the verdict stands without. */
export const optionalAggregate = (expression: SqlFragment): Metric => ({
  metric: 'aggregate',
  expression,
  optional: true,
});

export const countOfRows = aggregate(sql`COUNT(*)`);
export const countOfPresent = (column: string): Metric => aggregate(sql`COUNT(${identifier(column)})`);

/** How many rows meet the condition; NULL does not. */
export const countWhere = (condition: SqlFragment): Metric => aggregate(call('countIf', condition));

/** A count as the engine gave it. @throws what is no count: unknown must never pass for zero */
export function countOf(measured: Measured, name: string): number {
  const count = Number(measured[name]?.value ?? Number.NaN);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new Error(`the metric "${name}" is no count`);
  }
  return count;
}

/** Counts of a row-wise kind from its metrics `rows`, `judged` and `unexpected`. */
export function rowCounts(measured: Measured): RowCounts {
  const rows = countOf(measured, 'rows');
  return {
    rows,
    ignored: rows - countOf(measured, 'judged'),
    unexpected: countOf(measured, 'unexpected'),
  };
}
