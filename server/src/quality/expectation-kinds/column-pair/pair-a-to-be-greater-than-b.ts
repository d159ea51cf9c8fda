import { z } from 'zod';
import { sql } from '../../../warehouse/index.js';
import { CannotMeasure } from '../expectation-kind.js';
import { columnPairKind } from '../families.js';
import { judgedRows, number, share } from '../words.js';

/** `expect_column_pair_values_a_to_be_greater_than_b`; a comparison with NULL is not held against the row. */
export const pairAToBeGreaterThanB = columnPairKind({
  type: 'expect_column_pair_values_a_to_be_greater_than_b',
  kwargs: { or_equal: z.boolean().nullish().describe('A may also equal B') },
  comparable: (context, { column_A, column_B }) => {
    const [a, b] = [context.column(column_A), context.column(column_B)];
    if (orderGroup(a.category) !== orderGroup(b.category)) {
      throw new CannotMeasure(`"${a.name}" (${a.type}) and "${b.name}" (${b.type}) cannot be compared`);
    }
  },
  title: ({ column_A, column_B, or_equal }) => `${column_A} ${or_equal ? '>=' : '>'} ${column_B}`,
  unexpected: (a, b, { or_equal }) => (or_equal ? sql`${a} < ${b}` : sql`${a} <= ${b}`),
  sentence: (counts, { column_A, column_B, or_equal }) =>
    counts.unexpected === 0
      ? `all ${number(judgedRows(counts))} rows valid`
      : `${share(counts, 'row')} have ${column_A} ${or_equal ? '<' : '<='} ${column_B}`,
});

/** Engines disagree on comparisons across these groups: one refuses, another casts row by row. */
function orderGroup(category: string): string {
  if (['integer', 'decimal', 'double'].includes(category)) return 'number';
  if (['date', 'timestamp', 'timestamptz'].includes(category)) return 'time';
  return category;
}
