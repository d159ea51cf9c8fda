import { z } from 'zod';
import { boundsProblem, interval } from '../../values/bounds.js';
import { plural } from '../../words.js';
import { countOf, countOfRows } from '../counts.js';
import { defineKind } from '../expectation-kind.js';

const count = z.number().int().min(0).nullable().default(null);

/** `expect_table_row_count_to_be_between`. */
export const tableRowCountToBeBetween = defineKind({
  type: 'expect_table_row_count_to_be_between',
  kwargs: z.object({
    min_value: count.describe('Fewest rows; open when absent'),
    max_value: count.describe('Most rows; open when absent'),
    strict_min: z.boolean().default(false).describe('The lower bound itself is not allowed'),
    strict_max: z.boolean().default(false).describe('The upper bound itself is not allowed'),
  }),
  judgesTable: true,
  check: (kwargs) => {
    const problem = boundsProblem(kwargs);
    return problem ? [problem] : [];
  },
  title: (kwargs) => `row count in ${interval(kwargs)}`,
  measure: () => ({ rows: countOfRows }),
  judge: ({ min_value: min, max_value: max, strict_min, strict_max }, measured) => {
    const rows = countOf(measured, 'rows');
    const success =
      (min === null || (strict_min ? rows > min : rows >= min)) &&
      (max === null || (strict_max ? rows < max : rows <= max));
    return { success, observation: { shape: 'value', observed: rows } };
  },
  sentence: (kwargs, { success }, measured) => {
    const rows = plural(countOf(measured, 'rows'), 'row');
    return success ? rows : `${rows}, expected ${interval(kwargs)}`;
  },
});
