import {
  render,
  renderForPeople,
  WarehouseError,
  type QueryOptions,
  type SqlFragment,
  type StatementRunner,
  type TableDescription,
  type WarehouseAdapter,
} from '../../warehouse/index.js';
import type { Observation } from '../expectation-kinds/expectation-kind.js';
import type { FailingRows } from '../plan/metric.js';
import type { Conditions } from '../plan/plan.js';
import { duplicateRowsSql, rowsSql } from '../plan/statement-sql.js';
import { userSqlTimeoutMs } from './measure.js';
import type { FailingRowsRead } from './suite-run.js';

interface Blamed {
  source: FailingRows;
  table: TableDescription | undefined;
  conditions: Conditions;
  key: readonly string[];
  observation: Observation;
}

/**
 * Reads up to `limit` whole rows that an unmet expectation blames, with the query that returns all of them.
 * Gives the reason instead where they cannot be had; that never changes the verdict.
 */
export async function readFailingRows(
  blamed: Blamed,
  limit: number,
  adapter: WarehouseAdapter,
  runner: StatementRunner,
  options: QueryOptions,
): Promise<FailingRowsRead | { notice: string }> {
  try {
    return blamed.source.rows === 'behind-user-sql'
      ? await readBehindUserSql(blamed.source.sql, blamed, limit, adapter, runner, options)
      : await readFromTable(blamed.source, blamed, limit, adapter, runner, options);
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return { notice: `the failing rows could not be read: ${error.message}` };
  }
}

async function readFromTable(
  source: Exclude<FailingRows, { rows: 'behind-user-sql' }>,
  { table, conditions, key, observation }: Blamed,
  limit: number,
  adapter: WarehouseAdapter,
  runner: StatementRunner,
  options: QueryOptions,
): Promise<FailingRowsRead | { notice: string }> {
  if (!table) return { notice: 'the suite names no table' };
  const select = (rows?: number): SqlFragment =>
    source.rows === 'where'
      ? rowsSql(table.name, [...conditions, source.condition], key, rows)
      : duplicateRowsSql(table.name, conditions, source.columns, key, rows);
  const total = observation.shape === 'rows' ? observation.counts.unexpected : undefined;
  const sql = renderForPeople(select(), adapter.dialect);
  if (total === 0) return { columns: [], rows: [], key, domain: source.domain, truncated: false, total, sql };
  const { columns, rows, truncated } = await runner.query(render(select(limit), adapter.dialect), options);
  return {
    columns: columns.map((c) => c.name),
    rows,
    key,
    domain: source.domain,
    truncated: truncated || (total !== undefined && total > rows.length),
    ...(total === undefined ? {} : { total }),
    sql,
  };
}

async function readBehindUserSql(
  text: string,
  { key, observation }: Blamed,
  limit: number,
  adapter: WarehouseAdapter,
  runner: StatementRunner,
  options: QueryOptions,
): Promise<FailingRowsRead | { notice: string }> {
  const { countedRows } = await adapter.inspect(text, options);
  if (countedRows === null) {
    return { notice: 'the SQL does not merely count rows, so there are none to show' };
  }
  const { columns, rows, truncated } = await runner.query(
    { sql: countedRows, parameters: [], origin: 'user' },
    { timeoutMs: userSqlTimeoutMs, ...options, maxRows: limit },
  );
  const names = columns.map((c) => c.name);
  const counted = observation.shape === 'value' ? Number(observation.observed) : Number.NaN;
  return {
    columns: names,
    rows,
    key: key.filter((k) => names.includes(k)),
    domain: [],
    truncated,
    ...(Number.isSafeInteger(counted) ? { total: counted } : {}),
    sql: countedRows,
  };
}
