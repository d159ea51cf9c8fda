import { identifier, sql } from '../../../warehouse/index.js';
import { judgeShare } from '../../evaluate/judge-share.js';
import { number, share } from '../../words.js';
import { countOf, countOfPresent, countOfRows } from '../counts.js';
import { defineKind, type Measured, type RowCounts } from '../expectation-kind.js';
import { columnMapKwargs } from '../kwargs-schema.js';

/** `expect_column_values_to_not_be_null`; judges all rows, the missing ones are the unexpected ones. */
export const valuesToNotBeNull = defineKind({
  type: 'expect_column_values_to_not_be_null',
  kwargs: columnMapKwargs,
  judgesTable: true,
  title: ({ column }) => `${column} is not null`,
  measure: ({ column }, context) => ({
    rows: countOfRows,
    present: countOfPresent(context.column(column).name),
  }),
  judge: ({ mostly }, measured) => judgeShare(countsOf(measured), mostly, false),
  sentence: ({ mostly }, _, measured) => {
    const counts = countsOf(measured);
    if (counts.unexpected === 0) return '0 nulls';
    const allowed = mostly < 1 ? `; at most ${number((1 - mostly) * 100)} % allowed` : '';
    return `${share(counts, 'row')} null${allowed}`;
  },
  failingRows: ({ column }) => ({
    rows: 'where',
    condition: sql`${identifier(column)} IS NULL`,
    domain: [column],
  }),
});

function countsOf(measured: Measured): RowCounts {
  const rows = countOf(measured, 'rows');
  return { rows, ignored: 0, unexpected: rows - countOf(measured, 'present') };
}
