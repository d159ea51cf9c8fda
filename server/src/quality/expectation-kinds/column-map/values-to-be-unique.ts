import { identifier, sql } from '../../../warehouse/index.js';
import { judgeShare } from '../../evaluate/judge-share.js';
import { judgedRows, number, share } from '../../words.js';
import { countOf, countOfPresent, countOfRows, rowCounts } from '../counts.js';
import { defineKind } from '../expectation-kind.js';
import { columnMapKwargs } from '../kwargs-schema.js';

/** `expect_column_values_to_be_unique`: every member of a group of equal values is unexpected (5, 5 → 2). */
export const valuesToBeUnique = defineKind({
  type: 'expect_column_values_to_be_unique',
  kwargs: columnMapKwargs,
  judgesTable: true,
  title: ({ column }) => `${column} is unique`,
  measure: ({ column }, context) => {
    const value = identifier(context.column(column).name);
    const groups = { metric: 'grouped', by: [value], where: sql`${value} IS NOT NULL` } as const;
    return {
      rows: countOfRows,
      judged: countOfPresent(column),
      unexpected: { ...groups, output: sql`COALESCE(SUM(CASE WHEN n > 1 THEN n ELSE 0 END), 0)` },
      repeated: { ...groups, output: sql`COUNT(CASE WHEN n > 1 THEN 1 END)` },
    };
  },
  judge: ({ mostly }, measured) => judgeShare(rowCounts(measured), mostly),
  sentence: (_, __, measured) => {
    const counts = rowCounts(measured);
    return counts.unexpected === 0
      ? `all ${number(judgedRows(counts))} values unique`
      : `${share(counts, 'value')} occur more than once; ${number(countOf(measured, 'repeated'))} distinct`;
  },
  failingRows: ({ column }) => ({ rows: 'duplicates', columns: [column], domain: [column] }),
});
