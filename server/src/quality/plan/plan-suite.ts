import { nearest } from '../../platform/text/index.js';
import {
  inspectedCondition,
  renderForPeople,
  type SqlDialect,
  type SqlFragment,
  type TableColumn,
  type TableDescription,
  type WarehouseCapabilities,
} from '../../warehouse/index.js';
import { conditionFragment } from '../conditions/condition-sql.js';
import { parseRowCondition } from '../conditions/parse-row-condition.js';
import { conditionColumns, type RowCondition } from '../conditions/row-condition.js';
import { CannotMeasure, type MeasureContext } from '../expectation-kinds/expectation-kind.js';
import { findKind } from '../expectation-kinds/registry.js';
import type { Expectation, Suite } from '../suite.js';
import type { Metric, Metrics } from './metric.js';
import type {
  Conditions,
  MetricKey,
  PlannedColumn,
  PlannedExpectation,
  PlannedStatement,
  SuitePlan,
} from './plan.js';

export interface PlanContext {
  dialect: SqlDialect;
  capabilities: WarehouseCapabilities;
  /** The suite's table, or the sentence that says why there is none. */
  table: TableDescription | { missing: string };
  /** A further SQL condition on every row; already inspected. */
  where?: string;
}

/**
 * Turns a suite into the statements to send: equal metrics once, all aggregates over the same rows in one scan,
 * one statement per grouping, the authors' own SQL as it is. Expectations that do not fit the table are
 * marked with the reason and take no part. Pure.
 */
export function planSuite(suite: Suite, context: PlanContext): SuitePlan {
  const bundles = new Bundles(context.dialect);
  const expectations = suite.expectations.map((expectation, index) =>
    planExpectation(expectation, index, context, bundles),
  );
  return {
    table: 'missing' in context.table ? undefined : context.table,
    expectations,
    statements: bundles.statements(context.capabilities.maxSelectColumns),
  };
}

function planExpectation(
  expectation: Expectation,
  index: number,
  context: PlanContext,
  bundles: Bundles,
): PlannedExpectation {
  const kind = findKind(expectation.type);
  if (!kind) throw new Error(`the reader let the unknown expectation "${expectation.type}" through`);
  const planned = { index, expectation, kind };
  const cannot = (reason: string): PlannedExpectation => ({ ...planned, measurable: false, reason });

  if (kind.needsTable && 'missing' in context.table) return cannot(context.table.missing);
  const table = 'missing' in context.table ? undefined : context.table;
  const columnOf = columnFinder(table);
  try {
    const rowCondition = readCondition(expectation);
    const named = [
      ...kind.columns(expectation.kwargs),
      ...(rowCondition ? conditionColumns(rowCondition) : []),
    ];
    named.forEach(columnOf);
    const conditions: SqlFragment[] = [];
    if (context.where !== undefined) conditions.push(inspectedCondition(context.where));
    if (rowCondition) conditions.push(conditionFragment(rowCondition, columnOf));
    const measureContext: MeasureContext = {
      table: table ?? { name: [], kind: 'table', columns: [], primaryKey: [] },
      column: columnOf,
      capabilities: context.capabilities,
    };
    const metrics = kind.measure(expectation.kwargs, measureContext);
    return {
      ...planned,
      measurable: true,
      metrics: bundles.add(metrics, conditions),
      conditions,
      context: measureContext,
      failingRows: () => kind.failingRows(expectation.kwargs, measureContext),
    };
  } catch (error) {
    if (error instanceof CannotMeasure) return cannot(error.message);
    throw error;
  }
}

function readCondition(expectation: Expectation): RowCondition | undefined {
  const { row_condition: written, condition_parser: parser } = expectation.kwargs;
  if (written === undefined || written === null) return undefined;
  const parsed = parseRowCondition(written, parser);
  if ('reason' in parsed) throw new CannotMeasure(parsed.reason);
  return parsed;
}

function columnFinder(table: TableDescription | undefined): (name: string) => TableColumn {
  const byName = new Map(table?.columns.map((c) => [c.name, c]));
  return (name) => {
    const column = byName.get(name);
    if (column) return column;
    const close = nearest(name, byName.keys());
    const where = table ? `table ${table.name.join('.')}` : 'the suite names no table';
    throw new CannotMeasure(
      `column "${name}" is not there: ${where} has ${close ? `"${close}"` : `no column of a similar name`}`,
    );
  };
}

/** Collects metrics into as few statements as give them. */
class Bundles {
  private readonly scans = new Map<
    string,
    { conditions: Conditions; columns: Map<MetricKey, PlannedColumn> }
  >();
  private readonly groupings = new Map<
    string,
    { conditions: Conditions; by: readonly SqlFragment[]; columns: Map<MetricKey, PlannedColumn> }
  >();
  private readonly userSql = new Map<MetricKey, string>();

  constructor(private readonly dialect: SqlDialect) {}

  add(metrics: Metrics, conditions: Conditions): Record<string, MetricKey> {
    return Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [name, this.addOne(metric, conditions)]),
    );
  }

  statements(maxSelectColumns: number): PlannedStatement[] {
    const split = (columns: Map<MetricKey, PlannedColumn>): PlannedColumn[][] => {
      const all = [...columns.values()];
      return Array.from({ length: Math.ceil(all.length / maxSelectColumns) }, (_, i) =>
        all.slice(i * maxSelectColumns, (i + 1) * maxSelectColumns),
      );
    };
    return [
      ...[...this.scans.values()].flatMap(({ conditions, columns }) =>
        split(columns).map((part) => ({ kind: 'aggregate' as const, conditions, columns: part })),
      ),
      ...[...this.groupings.values()].flatMap(({ conditions, by, columns }) =>
        split(columns).map((part) => ({ kind: 'grouped' as const, conditions, by, columns: part })),
      ),
      ...[...this.userSql].map(([key, text]) => ({ kind: 'user-sql' as const, sql: text, key })),
    ];
  }

  private addOne(metric: Metric, conditions: Conditions): MetricKey {
    if (metric.metric === 'user-sql') {
      const key = `user-sql ${metric.sql}`;
      this.userSql.set(key, metric.sql);
      return key;
    }
    const where = this.texts(conditions);
    if (metric.metric === 'aggregate') {
      const scan = entry(this.scans, where, () => ({ conditions, columns: new Map() }));
      const key = `scan ${where} ${this.text(metric.expression)}`;
      scan.columns.set(key, { key, expression: metric.expression });
      return key;
    }
    const rows = [...conditions, metric.where];
    const group = `${this.texts(rows)} by ${this.texts(metric.by)}`;
    const grouping = entry(this.groupings, group, () => ({
      conditions: rows,
      by: metric.by,
      columns: new Map(),
    }));
    const key = `grouping ${group} ${this.text(metric.output)}`;
    grouping.columns.set(key, { key, expression: metric.output });
    return key;
  }

  /** Two fragments are the same when they read the same in SQL. */
  private text(fragment: SqlFragment): string {
    return renderForPeople(fragment, this.dialect);
  }

  private texts(fragments: readonly SqlFragment[]): string {
    return fragments.map((f) => this.text(f)).join(' · ');
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
