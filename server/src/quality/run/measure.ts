import {
  PermissionDenied,
  QueryRejected,
  render,
  WarehouseError,
  type QueryOptions,
  type SqlDialect,
  type StatementRunner,
  type TableName,
} from '../../warehouse/index.js';
import type { MeasuredValue } from '../expectation-kinds/expectation-kind.js';
import type { MetricKey, PlannedStatement } from '../plan/plan.js';
import { bundleSql } from '../plan/statement-sql.js';

/** The value of a metric, or the error that kept it from being measured. */
export type Measurement = MeasuredValue | { error: WarehouseError };

export type Measurements = Map<MetricKey, Measurement>;

/** For the author's own SQL where the run has no time-out: one that never ends must not hold the others up. */
export const userSqlTimeoutMs = 60_000;

/** A statement ran but gave something other than the one row, or the one value, that it must give. */
export class NotOneValue extends WarehouseError {
  readonly code = 'quality.not-one-value';
  override readonly logLevel = 'info';
}

/**
 * Runs one planned statement and files what it measured.
 * A bundle that the engine rejects is halved until the metric at fault stands alone, so that one bad expectation
 * never costs another its verdict. Time-outs and lost connections are not halved: they would cost the
 * same again. Never throws for what the warehouse does.
 */
export async function measure(
  statement: PlannedStatement,
  into: Measurements,
  runner: StatementRunner,
  dialect: SqlDialect,
  table: TableName,
  options: () => QueryOptions,
): Promise<void> {
  try {
    if (statement.kind === 'user-sql') {
      into.set(statement.key, await oneValue(statement.sql, runner, options()));
      return;
    }
    const { columns, rows, truncated } = await runner.query(
      render(bundleSql(statement, table), dialect),
      options(),
    );
    const [row] = rows;
    if (!row || rows.length > 1 || truncated) throw new NotOneValue('the aggregates did not come as one row');
    statement.columns.forEach(({ key }, i) =>
      into.set(key, { value: row[i] ?? null, category: columns[i]?.category ?? 'other' }),
    );
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    if (statement.kind === 'user-sql') {
      into.set(statement.key, { error });
      return;
    }
    const { columns } = statement;
    const isOneAtFault = error instanceof QueryRejected || error instanceof PermissionDenied;
    if (isOneAtFault && columns.length > 1) {
      const middle = columns.length >> 1;
      for (const half of [columns.slice(0, middle), columns.slice(middle)]) {
        await measure({ ...statement, columns: half }, into, runner, dialect, table, options);
      }
      return;
    }
    for (const { key } of columns) into.set(key, { error });
  }
}

async function oneValue(
  text: string,
  runner: StatementRunner,
  options: QueryOptions,
): Promise<MeasuredValue> {
  const { columns, rows, truncated } = await runner.query(
    { sql: text, parameters: [], origin: 'user' },
    { timeoutMs: userSqlTimeoutMs, ...options, maxRows: 2 },
  );
  const [row] = rows;
  if (rows.length > 1) throw new NotOneValue('the SQL returned more than one row; it must return one value');
  if (columns.length !== 1) {
    throw new NotOneValue(`the SQL returned ${columns.length} columns; it must return one value`);
  }
  if (!row) {
    throw new NotOneValue(
      truncated
        ? 'the SQL returned a value that is too large'
        : 'the SQL returned no row; it must return one value',
    );
  }
  return { value: row[0] ?? null, category: columns[0]?.category ?? 'other' };
}
