import { nearest } from '../../platform/text/index.js';
import {
  inspectedCondition,
  type SqlDialect,
  type SqlFragment,
  type TableDescription,
  type WarehouseCapabilities,
} from '../../warehouse/index.js';
import { conditionFragment } from '../conditions/condition-sql.js';
import { conditionColumns } from '../conditions/row-condition.js';
import type { MeasureContext } from '../expectation-kinds/expectation-kind.js';
import type { Expectation, Suite } from '../suite.js';
import { CannotMeasure } from '../values/cannot-measure.js';
import { Bundles } from './bundles.js';
import type { PlannedExpectation, SuitePlan } from './plan.js';

export interface PlanContext {
  dialect: SqlDialect;
  capabilities: WarehouseCapabilities;
  /** The suite's table, or the sentence that says why there is none. */
  table: TableDescription | { missing: string };
  /** A further SQL condition on every row; already inspected. */
  where?: string;
  /** Why the allow-list refuses the author's own SQL, by its text. */
  refusals: ReadonlyMap<string, string>;
}

/**
 * Turns a suite into the statements to send: equal metrics once, all aggregates over the same rows in one scan,
 * one statement for each grouping, the authors' own SQL as it is. Expectations that do not fit the table are
 * marked with the reason and take no part. Pure.
 */
export function planSuite(suite: Suite, context: PlanContext): SuitePlan {
  const bundles = new Bundles(context.dialect);
  const measureContext = contextOf(context);
  const expectations = suite.expectations.map((expectation, index) =>
    planExpectation(expectation, index, context, measureContext, bundles),
  );
  return {
    table: 'missing' in context.table ? undefined : context.table,
    expectations,
    statements: bundles.statements(context.capabilities),
  };
}

function planExpectation(
  expectation: Expectation,
  index: number,
  { where, refusals }: PlanContext,
  context: MeasureContext,
  bundles: Bundles,
): PlannedExpectation {
  const { bound, judgesTable, rowCondition } = expectation;
  try {
    if (judgesTable) context.table();
    const conditions: SqlFragment[] = [];
    if (where !== undefined && judgesTable) conditions.push(inspectedCondition(where));
    if (rowCondition) {
      conditionColumns(rowCondition).forEach((name) => context.column(name));
      conditions.push(conditionFragment(rowCondition, (name) => context.column(name)));
    }
    const metrics = bound.measure(context);
    for (const metric of Object.values(metrics)) {
      const refusal = metric.metric === 'user-sql' ? refusals.get(metric.sql) : undefined;
      if (refusal) return { index, expectation, error: { code: statementRefused, message: refusal } };
    }
    const notice =
      where !== undefined && !judgesTable ? 'judged by its own SQL, whatever --where says' : undefined;
    return {
      index,
      expectation,
      metrics: bundles.add(metrics, conditions),
      conditions,
      context,
      ...(notice === undefined ? {} : { notice }),
    };
  } catch (error) {
    if (!(error instanceof CannotMeasure)) throw error;
    return { index, expectation, error: { code: 'quality.cannot-measure', message: error.message } };
  }
}

const statementRefused = 'warehouse.statement-refused';

function contextOf({ table, capabilities }: PlanContext): MeasureContext {
  const byName = new Map('missing' in table ? [] : table.columns.map((c) => [c.name, c]));
  const context: MeasureContext = {
    capabilities,
    table: () => {
      if ('missing' in table) throw new CannotMeasure(table.missing);
      return table;
    },
    column: (name) => {
      const column = byName.get(name);
      if (column) return column;
      const close = nearest(name, byName.keys());
      const has = close ? `"${close}"` : 'no column of a similar name';
      throw new CannotMeasure(
        `column "${name}" is not there: table ${context.table().name.join('.')} has ${has}`,
      );
    },
  };
  return context;
}
