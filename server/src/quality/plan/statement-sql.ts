import {
  allOf,
  identifier,
  join,
  parameter,
  sql,
  type SqlFragment,
  type TableName,
} from '../../warehouse/index.js';
import type { Conditions, PlannedColumn, PlannedStatement } from './plan.js';

type BundledStatement = Exclude<PlannedStatement, { kind: 'user-sql' }>;

const comma = sql`, `;

/** The SELECT of a bundle; output columns are named `m0`, `m1`, … in the order of its columns. */
export function bundleSql(statement: BundledStatement, table: TableName): SqlFragment {
  const columns = join(statement.columns.map(named), sql`,\n       `);
  const from = identifier(...table);
  switch (statement.kind) {
    case 'aggregate':
      return sql`SELECT ${columns}\nFROM ${from}${whereOf(statement.conditions)}`;
    case 'grouped':
      return sql`SELECT ${columns}\nFROM (SELECT COUNT(*) AS n FROM ${from}${whereOf(statement.conditions)} GROUP BY ${join(statement.by, comma)}) AS grouped`;
  }
}

const named = ({ expression }: PlannedColumn, i: number): SqlFragment =>
  sql`${expression} AS ${identifier(`m${i}`)}`;

const whereOf = (conditions: Conditions): SqlFragment =>
  conditions.length === 0 ? sql`` : sql`\nWHERE ${allOf(conditions)}`;

/** The rows that meet the conditions, by key where there is one; all of them without a limit. */
export function rowsSql(
  table: TableName,
  conditions: Conditions,
  key: readonly string[],
  limit?: number,
): SqlFragment {
  return sql`SELECT *\nFROM ${identifier(...table)}${whereOf(conditions)}${orderBy(key)}${limitTo(limit)}`;
}

/** Whole rows whose values in `columns` occur more than once among the rows of the conditions. */
export function duplicateRowsSql(
  table: TableName,
  conditions: Conditions,
  columns: readonly string[],
  key: readonly string[],
  limit?: number,
): SqlFragment {
  const present = allOf([...conditions, ...columns.map((c) => sql`${identifier(c)} IS NOT NULL`)]);
  const names = join(
    columns.map((c) => identifier(c)),
    comma,
  );
  const repeated = sql`SELECT ${names} FROM ${identifier(...table)} WHERE ${present} GROUP BY ${names} HAVING COUNT(*) > 1`;
  return rowsSql(table, [...conditions, sql`(${names}) IN (${repeated})`], [...columns, ...key], limit);
}

function orderBy(key: readonly string[]): SqlFragment {
  const unique = [...new Set(key)];
  return unique.length === 0
    ? sql``
    : sql`\nORDER BY ${join(
        unique.map((c) => identifier(c)),
        comma,
      )}`;
}

const limitTo = (limit: number | undefined): SqlFragment =>
  limit === undefined ? sql`` : sql`\nLIMIT ${parameter(String(limit), { kind: 'integer' })}`;
