import { z } from 'zod';
import { sql } from '../../../warehouse/index.js';
import { isMember } from '../../values/membership.js';
import { number, share, shown } from '../../words.js';
import { columnMapKind } from '../families.js';
import { columnMapKwargs, scalar } from '../kwargs-schema.js';

/** `expect_column_values_to_be_in_set`. */
export const valuesToBeInSet = columnMapKind({
  type: 'expect_column_values_to_be_in_set',
  kwargs: columnMapKwargs.extend({
    value_set: z.array(scalar.nullable()).describe('The values that may occur; NULLs are not judged'),
  }),
  title: ({ column, value_set }) =>
    value_set.length <= 5
      ? `${column} in {${value_set.map((v) => shown(v)).join(', ')}}`
      : `${column} in a set of ${number(value_set.length)}`,
  unexpected: (value, { column, value_set }, context) => {
    const members = value_set.filter((v) => v !== null);
    return sql`NOT (${isMember(value, context.column(column), members)})`;
  },
  sentence: (counts) =>
    counts.unexpected === 0 ? 'all values in the set' : `${share(counts, 'value')} not in the set`,
});
