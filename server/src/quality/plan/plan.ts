import type { SqlFragment, TableDescription } from '../../warehouse/index.js';
import type { MeasureContext } from '../expectation-kinds/expectation-kind.js';
import type { Expectation } from '../suite.js';

/** Names one metric of the plan; two expectations that need the same number hold the same key. */
export type MetricKey = string;

/** All of them hold; none means every row. */
export type Conditions = readonly SqlFragment[];

/** One statement that the plan will send, with the metrics that its columns give. */
export type PlannedStatement =
  /** One scan: aggregates over the rows that the conditions select. */
  | { kind: 'aggregate'; conditions: Conditions; columns: readonly PlannedColumn[] }
  /** One grouping: aggregates over its groups. */
  | {
      kind: 'grouped';
      conditions: Conditions;
      by: readonly SqlFragment[];
      columns: readonly PlannedColumn[];
    }
  | { kind: 'user-sql'; sql: string; key: MetricKey };

export interface PlannedColumn {
  key: MetricKey;
  expression: SqlFragment;
}

/** A metric as one expectation asked for it. */
export interface PlannedMetric {
  key: MetricKey;
  optional: boolean;
}

interface Planned {
  index: number;
  expectation: Expectation;
}

/** What one expectation gets from the plan. */
export type PlannedExpectation =
  MeasurableExpectation | (Planned & { error: { code: string; message: string } });

export interface MeasurableExpectation extends Planned {
  error?: never;
  /** The metrics it asked for, by the names it gave them. */
  metrics: Readonly<Record<string, PlannedMetric>>;
  /** The rows it is about. */
  conditions: Conditions;
  context: MeasureContext;
  /** What the author should know beside the verdict. */
  notice?: string;
}

export interface SuitePlan {
  table: TableDescription | undefined;
  expectations: readonly PlannedExpectation[];
  statements: readonly PlannedStatement[];
}
