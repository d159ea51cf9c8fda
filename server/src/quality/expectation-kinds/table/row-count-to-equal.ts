import { z } from 'zod';
import { countOfRows } from '../counts.js';
import type { ExpectationKind } from '../expectation-kind.js';
import { number, plural } from '../words.js';

const kwargs = z.object({ value: z.number().int().min(0).describe('Exact number of rows') });

/** `expect_table_row_count_to_equal`. */
export const tableRowCountToEqual: ExpectationKind<typeof kwargs> = {
  type: 'expect_table_row_count_to_equal',
  kwargs,
  needsTable: true,
  check: () => [],
  columns: () => [],
  title: ({ value }) => `row count is ${number(value)}`,
  measure: () => ({ rows: { metric: 'aggregate', expression: countOfRows } }),
  judge: ({ value }, measured) => {
    const rows = Number(measured['rows']);
    return {
      success: rows === value,
      observation: { shape: 'value', observed: rows },
      sentence: rows === value ? plural(rows, 'row') : `${plural(rows, 'row')}, expected ${number(value)}`,
    };
  },
  failingRows: () => undefined,
};
