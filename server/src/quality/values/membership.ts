import {
  call,
  join,
  list,
  parameter,
  sql,
  type SqlFragment,
  type TableColumn,
} from '../../warehouse/index.js';
import { boundText, commonType } from './comparable.js';
import type { Scalar } from './scalar.js';

/** Up to here a set is written out as people would; beyond, it travels as one bound array. */
const writtenOut = 50;

/** Whether a value that is not NULL is among the members. @throws CannotMeasure when one is of another kind */
export function isMember(value: SqlFragment, column: TableColumn, members: readonly Scalar[]): SqlFragment {
  // In an empty set there is nothing.
  if (members.length === 0) return sql`FALSE`;
  const texts = members.map((member) => boundText(column, member));
  const type = commonType(column, members);
  return members.length > writtenOut
    ? call('inList', value, list(texts, type))
    : sql`${value} IN (${join(
        texts.map((text) => parameter(text, type)),
        sql`, `,
      )})`;
}
