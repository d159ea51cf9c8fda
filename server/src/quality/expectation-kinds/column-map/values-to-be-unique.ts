import { z } from 'zod';
import { identifier, sql } from '../../../warehouse/index.js';
import { judgeShare } from '../../evaluate/judge-share.js';
import { countOfRows } from '../counts.js';
import type { ExpectationKind } from '../expectation-kind.js';
import { columnMap } from '../kwargs.js';
import { judgedRows, number, share } from '../words.js';

const kwargs = z.object(columnMap);

/** `expect_column_values_to_be_unique`: every member of a group of equal values is unexpected (5, 5 → 2). */
export const valuesToBeUnique: ExpectationKind<typeof kwargs> = {
  type: 'expect_column_values_to_be_unique',
  kwargs,
  needsTable: true,
  check: () => [],
  columns: ({ column }) => [column],
  title: ({ column }) => `${column} is unique`,
  measure: ({ column }) => {
    const by = [identifier(column)];
    const where = sql`${identifier(column)} IS NOT NULL`;
    return {
      rows: { metric: 'aggregate', expression: countOfRows },
      present: { metric: 'aggregate', expression: sql`COUNT(${identifier(column)})` },
      unexpected: {
        metric: 'grouped',
        by,
        where,
        output: sql`COALESCE(SUM(CASE WHEN n > 1 THEN n ELSE 0 END), 0)`,
      },
      groups: { metric: 'grouped', by, where, output: sql`COUNT(CASE WHEN n > 1 THEN 1 END)` },
    };
  },
  judge: ({ mostly }, measured) => {
    const rows = Number(measured['rows']);
    const counts = {
      rows,
      ignored: rows - Number(measured['present']),
      unexpected: Number(measured['unexpected']),
    };
    const sentence =
      counts.unexpected === 0
        ? `all ${number(judgedRows(counts))} values unique`
        : `${share(counts, 'value')} occur more than once; ${number(Number(measured['groups']))} distinct`;
    return judgeShare(counts, mostly, sentence);
  },
  failingRows: ({ column }) => ({ rows: 'duplicates', columns: [column], domain: [column] }),
};
