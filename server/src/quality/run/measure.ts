import {
  QueryRejected,
  render,
  WarehouseError,
  type QueryOptions,
  type SqlDialect,
  type SqlValue,
  type StatementRunner,
  type TableName,
} from '../../warehouse/index.js';
import type { MetricKey, PlannedStatement } from '../plan/plan.js';
import { bundleSql } from '../plan/statement-sql.js';

/** The value of a metric, or the error that kept it from being measured. */
export type Measurement = { value: SqlValue } | { error: WarehouseError };

export type Measurements = Map<MetricKey, Measurement>;

/** For the author's own SQL where the run has no time-out: one that never ends must not hold the others up. */
export const userSqlTimeoutMs = 60_000;

/** The author's statement ran but gave something other than one value. */
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
      into.set(statement.key, { value: await oneValue(statement.sql, runner, options()) });
      return;
    }
    const { rows } = await runner.query(render(bundleSql(statement, table), dialect), options());
    statement.columns.forEach(({ key }, i) => into.set(key, { value: rows[0]?.[i] ?? null }));
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    if (statement.kind === 'user-sql') {
      into.set(statement.key, { error });
      return;
    }
    const { columns } = statement;
    if (error instanceof QueryRejected && columns.length > 1) {
      const middle = columns.length >> 1;
      for (const half of [columns.slice(0, middle), columns.slice(middle)]) {
        await measure({ ...statement, columns: half }, into, runner, dialect, table, options);
      }
      return;
    }
    for (const { key } of columns) into.set(key, { error });
  }
}

async function oneValue(text: string, runner: StatementRunner, options: QueryOptions): Promise<SqlValue> {
  const { columns, rows } = await runner.query(
    { sql: text, parameters: [], origin: 'user' },
    { timeoutMs: userSqlTimeoutMs, ...options, maxRows: 2 },
  );
  const [row, second] = rows;
  if (!row) throw new NotOneValue('the SQL returned no row; it must return one value');
  if (second) throw new NotOneValue('the SQL returned more than one row; it must return one value');
  if (columns.length !== 1) {
    throw new NotOneValue(`the SQL returned ${columns.length} columns; it must return one value`);
  }
  return row[0] ?? null;
}
