import { z } from 'zod';
import { checkBounds, interval } from '../bounds.js';
import { countOfRows } from '../counts.js';
import type { ExpectationKind } from '../expectation-kind.js';
import { plural } from '../words.js';

const count = z.number().int().min(0).nullable().default(null);
const kwargs = z.object({
  min_value: count.describe('Fewest rows; open when absent'),
  max_value: count.describe('Most rows; open when absent'),
  strict_min: z.boolean().default(false).describe('The lower bound itself is not allowed'),
  strict_max: z.boolean().default(false).describe('The upper bound itself is not allowed'),
});

/** `expect_table_row_count_to_be_between`. */
export const tableRowCountToBeBetween: ExpectationKind<typeof kwargs> = {
  type: 'expect_table_row_count_to_be_between',
  kwargs,
  needsTable: true,
  check: (k) => checkBounds(k),
  columns: () => [],
  title: (k) => `row count in ${interval(k)}`,
  measure: () => ({ rows: { metric: 'aggregate', expression: countOfRows } }),
  judge: (k, measured) => {
    const rows = Number(measured['rows']);
    const { min_value: min, max_value: max } = k;
    const success =
      (min === null || (k.strict_min ? rows > min : rows >= min)) &&
      (max === null || (k.strict_max ? rows < max : rows <= max));
    return {
      success,
      observation: { shape: 'value', observed: rows },
      sentence: success ? plural(rows, 'row') : `${plural(rows, 'row')}, expected ${interval(k)}`,
    };
  },
  failingRows: () => undefined,
};
