import { z } from 'zod';
import { sql, type TypeCategory } from '../../../warehouse/index.js';
import { CannotMeasure } from '../../values/cannot-measure.js';
import { judgedRows, number, share } from '../../words.js';
import { columnPairKind } from '../families.js';
import { columnPairKwargs } from '../kwargs-schema.js';

/** `expect_column_pair_values_a_to_be_greater_than_b`; a comparison with NULL is not held against the row. */
export const pairAToBeGreaterThanB = columnPairKind({
  type: 'expect_column_pair_values_a_to_be_greater_than_b',
  kwargs: columnPairKwargs.extend({ or_equal: z.boolean().nullish().describe('A may also equal B') }),
  title: ({ column_A, column_B, or_equal }) => `${column_A} ${or_equal ? '>=' : '>'} ${column_B}`,
  unexpected: (a, b, { column_A, column_B, or_equal }, context) => {
    const [left, right] = [context.column(column_A), context.column(column_B)];
    if (orderGroup(left.category) !== orderGroup(right.category)) {
      throw new CannotMeasure(
        `"${left.name}" (${left.type}) and "${right.name}" (${right.type}) cannot be compared`,
      );
    }
    return or_equal ? sql`${a} < ${b}` : sql`${a} <= ${b}`;
  },
  sentence: (counts, { column_A, column_B, or_equal }) =>
    counts.unexpected === 0
      ? `all ${number(judgedRows(counts))} rows valid`
      : `${share(counts, 'row')} have ${column_A} ${or_equal ? '<' : '<='} ${column_B}`,
});

/** Engines disagree on comparisons across these groups: one refuses, another casts row by row. */
function orderGroup(category: TypeCategory): string {
  if (category === 'integer' || category === 'decimal' || category === 'double') return 'number';
  if (category === 'date' || category === 'timestamp' || category === 'timestamptz') return 'time';
  return category === 'enum' ? 'text' : category;
}
