import type { SqlFragment } from '../../warehouse/index.js';

/**
 * One thing to measure, engine-free. The planner gives equal metrics one place in one statement.
 * All but `user-sql` are taken over the rows that the expectation's row condition selects.
 */
export type Metric =
  /** One output column of the aggregate pass: `COUNT(*)`, `MAX("x")`. Without an optional one the verdict stands. */
  | { readonly metric: 'aggregate'; readonly expression: SqlFragment; readonly optional?: boolean }
  /** An aggregate over the groups of one grouping; inside `output` the group's size is the column `n`. */
  | {
      readonly metric: 'grouped';
      readonly by: readonly SqlFragment[];
      readonly where: SqlFragment;
      readonly output: SqlFragment;
    }
  /** The one value that the author's own SELECT returns. */
  | { readonly metric: 'user-sql'; readonly sql: string };

export type Metrics = Readonly<Record<string, Metric>>;

/** Which rows an unmet expectation blames, so that they can be read, named and queried again. */
export type FailingRows =
  | { readonly rows: 'where'; readonly condition: SqlFragment; readonly domain: readonly string[] }
  /** Members of groups with more than one row. */
  | { readonly rows: 'duplicates'; readonly columns: readonly string[]; readonly domain: readonly string[] }
  /** The rows behind the author's `SELECT COUNT(*)`; found by parsing it. */
  | { readonly rows: 'behind-user-sql'; readonly sql: string };
