import {
  renderForPeople,
  WarehouseError,
  type QueryOptions,
  type Snapshot,
  type WarehouseAdapter,
} from '../../warehouse/index.js';
import type { Judgement, Measured } from '../expectation-kinds/expectation-kind.js';
import type { Outcome } from '../outcome.js';
import type { PlannedExpectation, PlannedStatement, SuitePlan } from '../plan/plan.js';
import { bundleSql } from '../plan/statement-sql.js';
import type { ResultFormat, Suite } from '../suite.js';
import { readResultFormat, type ResultFormatOption } from '../suite-file/result-format.js';
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
  const { expectation, kind } = planned;
  const option = formatOf(planned, context);
  const title = expectation.meta['title'];
  const base = {
    expectation,
    title: typeof title === 'string' ? title : kind.title(expectation.kwargs),
    format: option.format,
    partialCount: option.partialCount ?? partialUnexpectedCount,
    ...(option.indexColumns ? { indexColumns: option.indexColumns } : {}),
  };
  const errored = (code: string, message: string, sql = ''): ExpectationResult => ({
    ...base,
    outcome: 'errored',
    error: { code, message },
    sql,
  });
  if (!planned.measurable) return errored('quality.cannot-measure', planned.reason);

  const sql = ownSql(planned, context);
  const measured = collect(planned, context.measurements);
  if (measured instanceof WarehouseError) return errored(measured.code, measured.message, sql);
  const judgement = kind.judge(expectation.kwargs, measured);
  const unmet: Outcome = expectation.severity === 'critical' ? 'failed' : 'warned';
  const result = { ...base, outcome: judgement.success ? ('passed' as const) : unmet, judgement, sql };
  const source =
    hasFailingRows(judgement) && option.format !== 'BOOLEAN_ONLY' ? planned.failingRows() : undefined;
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
function formatOf(planned: PlannedExpectation, context: JudgeContext): ResultFormatOption {
  const own = readResultFormat(planned.expectation.kwargs['result_format']);
  if (own && !('reason' in own)) return own;
  const { resultFormat: format, indexColumns } = context;
  return indexColumns ? { format, indexColumns } : { format };
}

function rowKey({ suite, plan }: JudgeContext): readonly string[] {
  const names = new Set(plan.table?.columns.map((c) => c.name));
  const own = suite.key.filter((k) => names.has(k));
  return own.length > 0 ? own : (plan.table?.primaryKey ?? []);
}

function collect(
  planned: Extract<PlannedExpectation, { measurable: true }>,
  measurements: Measurements,
): Measured | WarehouseError {
  const values: Record<string, Measured[string]> = {};
  for (const [name, key] of Object.entries(planned.metrics)) {
    const measurement = measurements.get(key);
    if (!measurement) throw new Error(`the plan has no statement for the metric "${key}"`);
    if ('error' in measurement) return measurement.error;
    values[name] = measurement.value;
  }
  return values;
}

/** The expectation's own columns of each statement that measured for it. */
function ownSql(
  planned: Extract<PlannedExpectation, { measurable: true }>,
  { plan, adapter }: JudgeContext,
): string {
  const keys = new Set(Object.values(planned.metrics));
  const own = plan.statements.flatMap((statement) => {
    if (statement.kind === 'user-sql') return keys.has(statement.key) ? [statement.sql.trim()] : [];
    const columns = statement.columns.filter((c) => keys.has(c.key));
    return columns.length > 0 ? [peopleSql({ ...statement, columns }, plan, adapter)] : [];
  });
  return own.join(';\n');
}

/** A planned statement as people read, copy and run it. */
export function peopleSql(statement: PlannedStatement, plan: SuitePlan, adapter: WarehouseAdapter): string {
  return statement.kind === 'user-sql'
    ? statement.sql.trim()
    : renderForPeople(bundleSql(statement, plan.table?.name ?? []), adapter.dialect);
}
