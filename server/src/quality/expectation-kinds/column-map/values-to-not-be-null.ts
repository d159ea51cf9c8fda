import { z } from 'zod';
import { identifier, sql } from '../../../warehouse/index.js';
import { judgeShare } from '../../evaluate/judge-share.js';
import { countOfRows } from '../counts.js';
import type { ExpectationKind } from '../expectation-kind.js';
import { columnMap } from '../kwargs.js';
import { number, share } from '../words.js';

const kwargs = z.object(columnMap);

/** `expect_column_values_to_not_be_null`; judges all rows, the missing ones are the unexpected ones. */
export const valuesToNotBeNull: ExpectationKind<typeof kwargs> = {
  type: 'expect_column_values_to_not_be_null',
  kwargs,
  needsTable: true,
  check: () => [],
  columns: ({ column }) => [column],
  title: ({ column }) => `${column} is not null`,
  measure: ({ column }) => ({
    rows: { metric: 'aggregate', expression: countOfRows },
    present: { metric: 'aggregate', expression: sql`COUNT(${identifier(column)})` },
  }),
  judge: ({ mostly }, measured) => {
    const rows = Number(measured['rows']);
    const counts = { rows, ignored: 0, unexpected: rows - Number(measured['present']) };
    const sentence =
      counts.unexpected === 0
        ? '0 nulls'
        : `${share(counts, 'row')} null${mostly < 1 ? `; at most ${number((1 - mostly) * 100)} % allowed` : ''}`;
    return judgeShare(counts, mostly, sentence, {
      ignoresRows: false,
    });
  },
  failingRows: ({ column }) => ({
    rows: 'where',
    condition: sql`${identifier(column)} IS NULL`,
    domain: [column],
  }),
};
