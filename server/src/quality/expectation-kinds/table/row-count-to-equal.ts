import { z } from 'zod';
import { number, plural } from '../../words.js';
import { countOf, countOfRows } from '../counts.js';
import { defineKind } from '../expectation-kind.js';

/** `expect_table_row_count_to_equal`. */
export const tableRowCountToEqual = defineKind({
  type: 'expect_table_row_count_to_equal',
  kwargs: z.object({ value: z.number().int().min(0).describe('Exact number of rows') }),
  judgesTable: true,
  title: ({ value }) => `row count is ${number(value)}`,
  measure: () => ({ rows: countOfRows }),
  judge: ({ value }, measured) => {
    const rows = countOf(measured, 'rows');
    return { success: rows === value, observation: { shape: 'value', observed: rows } };
  },
  sentence: ({ value }, { success }, measured) => {
    const rows = plural(countOf(measured, 'rows'), 'row');
    return success ? rows : `${rows}, expected ${number(value)}`;
  },
});
