import { staysInParentheses } from '../../sql/index.js';
import {
  allOf,
  identifier,
  inspectedCondition,
  join,
  renderForPeople,
  sql,
  type QueryOptions,
  type SqlFragment,
  type TableColumn,
  type TableDescription,
  type WarehouseAdapter,
} from '../../warehouse/index.js';
import { comparable, comparableColumn } from '../values/comparable.js';
import { isMember } from '../values/membership.js';
import type { ComparisonOperator, RowCondition } from './row-condition.js';

const comparisons: Readonly<Record<ComparisonOperator, SqlFragment>> = {
  '==': sql` = `,
  '!=': sql` <> `,
  '<': sql` < `,
  '<=': sql` <= `,
  '>': sql` > `,
  '>=': sql` >= `,
};

/** @throws CannotMeasure when a value cannot be compared with its column */
export function conditionFragment(
  condition: RowCondition,
  columnOf: (name: string) => TableColumn,
): SqlFragment {
  switch (condition.kind) {
    case 'nullity':
      return condition.isNull
        ? sql`${identifier(condition.column)} IS NULL`
        : sql`${identifier(condition.column)} IS NOT NULL`;
    case 'comparison': {
      const column = columnOf(condition.column);
      const value = comparable(column, condition.value);
      return sql`${comparableColumn(column)}${comparisons[condition.operator]}${value}`;
    }
    case 'membership': {
      const column = columnOf(condition.column);
      const isIn = isMember(comparableColumn(column), column, condition.values);
      return condition.isIn ? isIn : sql`NOT (${isIn})`;
    }
    case 'all':
      return allOf(condition.conditions.map((c) => conditionFragment(c, columnOf)));
    case 'any':
      return join(
        condition.conditions.map((c) => sql`(${conditionFragment(c, columnOf)})`),
        sql` OR `,
      );
    case 'sql':
      return inspectedCondition(condition.text);
  }
}

/**
 * Why a SQL condition may not stand in a WHERE over the table; empty when it may.
 * It is judged in place: it must not leave its parentheses, and the whole must still be one plain SELECT, of which
 * alone the counted rows are told.
 */
export async function refusalsOfSqlCondition(
  text: string,
  table: TableDescription,
  adapter: WarehouseAdapter,
  options: QueryOptions = {},
): Promise<readonly string[]> {
  if (!staysInParentheses(text, adapter.engine === 'postgres' ? 'postgres' : 'duckdb')) {
    return ['its parentheses, quotes or comments do not end where they must'];
  }
  const probe = sql`SELECT COUNT(*) FROM ${identifier(...table.name)} WHERE ${inspectedCondition(text)}`;
  const { refusals, countedRows } = await adapter.inspect(renderForPeople(probe, adapter.dialect), options);
  if (refusals.length > 0) return refusals;
  return countedRows === null ? ['it is not one condition'] : [];
}
