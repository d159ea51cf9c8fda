import { parameterCount, renderForPeople, type SqlDialect, type SqlFragment } from '../../warehouse/index.js';
import type { Metric, Metrics } from './metric.js';
import type { Conditions, MetricKey, PlannedColumn, PlannedMetric, PlannedStatement } from './plan.js';

/** What one statement of an engine may hold. */
export interface StatementLimits {
  maxSelectColumns: number;
  maxParameters: number;
}

interface Scan {
  conditions: Conditions;
  columns: Map<MetricKey, PlannedColumn>;
}

/** Collects metrics into as few statements as give them. */
export class Bundles {
  private readonly scans = new Map<string, Scan>();
  private readonly groupings = new Map<string, Scan & { by: readonly SqlFragment[] }>();
  private readonly userSql = new Map<MetricKey, string>();

  constructor(private readonly dialect: SqlDialect) {}

  add(metrics: Metrics, conditions: Conditions): Record<string, PlannedMetric> {
    return Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [
        name,
        {
          key: this.addOne(metric, conditions),
          optional: metric.metric === 'aggregate' && metric.optional === true,
        },
      ]),
    );
  }

  statements(limits: StatementLimits): PlannedStatement[] {
    return [
      ...[...this.scans.values()].flatMap(({ conditions, columns }) =>
        split([...columns.values()], conditions, limits).map((part) => ({
          kind: 'aggregate' as const,
          conditions,
          columns: part,
        })),
      ),
      ...[...this.groupings.values()].flatMap(({ conditions, by, columns }) =>
        split([...columns.values()], conditions, limits).map((part) => ({
          kind: 'grouped' as const,
          conditions,
          by,
          columns: part,
        })),
      ),
      ...[...this.userSql].map(([key, text]) => ({ kind: 'user-sql' as const, sql: text, key })),
    ];
  }

  private addOne(metric: Metric, conditions: Conditions): MetricKey {
    switch (metric.metric) {
      case 'user-sql': {
        const key = `user-sql ${metric.sql}`;
        this.userSql.set(key, metric.sql);
        return key;
      }
      case 'aggregate': {
        const where = this.texts(conditions);
        const scan = entry(this.scans, where, () => ({ conditions, columns: new Map() }));
        const key = `scan ${where} ${this.text(metric.expression)}`;
        scan.columns.set(key, { key, expression: metric.expression });
        return key;
      }
      case 'grouped': {
        const rows = [...conditions, metric.where];
        const group = `${this.texts(rows)} by ${this.texts(metric.by)}`;
        const make = (): Scan & { by: readonly SqlFragment[] } => ({
          conditions: rows,
          by: metric.by,
          columns: new Map(),
        });
        const key = `grouping ${group} ${this.text(metric.output)}`;
        entry(this.groupings, group, make).columns.set(key, { key, expression: metric.output });
        return key;
      }
    }
  }

  /** Two fragments are the same when they read the same in SQL. */
  private text(fragment: SqlFragment): string {
    return renderForPeople(fragment, this.dialect);
  }

  private texts(fragments: readonly SqlFragment[]): string {
    return fragments.map((f) => this.text(f)).join(' · ');
  }
}

/** Parts that stay within the engine's limits, in order. */
function split(
  columns: readonly PlannedColumn[],
  conditions: Conditions,
  { maxSelectColumns, maxParameters }: StatementLimits,
): PlannedColumn[][] {
  const fixed = conditions.reduce((sum, c) => sum + parameterCount(c), 0);
  const parts: PlannedColumn[][] = [];
  let parameters = 0;
  for (const column of columns) {
    const own = parameterCount(column.expression);
    const last = parts.at(-1);
    if (last && last.length < maxSelectColumns && parameters + own <= maxParameters) {
      last.push(column);
      parameters += own;
    } else {
      parts.push([column]);
      parameters = fixed + own;
    }
  }
  return parts;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
