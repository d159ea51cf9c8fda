import {
  WarehouseError,
  type QueryOptions,
  type Snapshot,
  type WarehouseAdapter,
} from '../../warehouse/index.js';
import type { Judgement, Measured, MeasuredValue } from '../expectation-kinds/expectation-kind.js';
import type { Outcome } from '../outcome.js';
import { ownSql } from '../plan/people-sql.js';
import type { MeasurableExpectation, PlannedExpectation, SuitePlan } from '../plan/plan.js';
import type { ResultFormat, ResultFormatOption, Suite } from '../suite.js';
import { readFailingRows } from './failing-rows.js';
import type { Measurements } from './measure.js';
import type { ExpectationResult } from './suite-run.js';

/** Values in `partial_unexpected_list`, as Great Expectations has it. */
const partialUnexpectedCount = 20;
/** Failing rows that COMPLETE carries at most; the query that returns all of them is always there. */
const completeRowLimit = 1_000;

export interface JudgeContext {
  suite: Suite;
  plan: SuitePlan;
  adapter: WarehouseAdapter;
  snapshot: Snapshot;
  measurements: Measurements;
  resultFormat: ResultFormat;
  indexColumns?: readonly string[];
  remaining(): QueryOptions;
}

/** Verdict, result and failing rows of one planned expectation, once everything is measured. */
export async function judgeExpectation(
  planned: PlannedExpectation,
  context: JudgeContext,
): Promise<ExpectationResult> {
  const { expectation } = planned;
  const { bound, meta } = expectation;
  const option = formatOf(planned, context);
  const base = {
    expectation,
    title: typeof meta['title'] === 'string' ? meta['title'] : bound.title(),
    format: option.format,
    partialCount: option.partialCount ?? partialUnexpectedCount,
    ...(option.indexColumns ? { indexColumns: option.indexColumns } : {}),
  };
  if (planned.error) return { ...base, outcome: 'errored', error: planned.error, sql: '' };

  const sql = ownSql(planned, context.plan, context.adapter.dialect);
  const measured = collect(planned, context.measurements);
  if (measured instanceof WarehouseError) {
    const { code, message } = measured;
    return { ...base, outcome: 'errored', error: { code, message }, sql };
  }
  const judgement = bound.judge(measured, planned.context);
  const unmet: Outcome = expectation.severity === 'critical' ? 'failed' : 'warned';
  const notices = [judgement.notice, planned.notice].filter((n) => n !== undefined);
  const result = {
    ...base,
    outcome: judgement.success ? ('passed' as const) : unmet,
    judgement,
    sentence: bound.sentence(judgement, measured),
    notices,
    sql,
  };
  if (option.format === 'BOOLEAN_ONLY') return result;
  if (!hasFailingRows(judgement) && option.format !== 'COMPLETE') return result;
  const source = bound.failingRows(judgement, planned.context);
  if (!source) return result;
  const read = await readFailingRows(
    {
      source,
      table: context.plan.table,
      conditions: planned.conditions,
      key: option.indexColumns ?? rowKey(context),
      observation: judgement.observation,
    },
    option.format === 'COMPLETE' ? completeRowLimit : base.partialCount,
    context.adapter,
    context.snapshot,
    context.remaining(),
  );
  return 'notice' in read ? { ...result, failingRowsNotice: read.notice } : { ...result, failingRows: read };
}

/** With `mostly` an expectation may hold although some rows do not meet it; those are told all the same. */
function hasFailingRows({ success, observation }: Judgement): boolean {
  return observation.shape === 'rows' ? observation.counts.unexpected > 0 : !success;
}

/** What the expectation itself asks for replaces the run's option whole, as Great Expectations has it. */
function formatOf({ expectation }: PlannedExpectation, context: JudgeContext): ResultFormatOption {
  if (expectation.resultFormat) return expectation.resultFormat;
  const { resultFormat: format, indexColumns } = context;
  return indexColumns ? { format, indexColumns } : { format };
}

const rowKey = ({ suite, plan }: JudgeContext): readonly string[] =>
  suite.key.length > 0 ? suite.key : (plan.table?.primaryKey ?? []);

function collect(planned: MeasurableExpectation, measurements: Measurements): Measured | WarehouseError {
  const values: Record<string, MeasuredValue> = {};
  for (const [name, { key, optional }] of Object.entries(planned.metrics)) {
    const measurement = measurements.get(key);
    if (!measurement) throw new Error(`the plan has no statement for the metric "${key}"`);
    if (!('error' in measurement)) values[name] = measurement;
    else if (!optional) return measurement.error;
  }
  return values;
}
