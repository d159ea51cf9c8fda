import type { Judgement, RowCounts } from '../expectation-kinds/expectation-kind.js';

/**
 * The verdict on row-wise counts: at least `mostly` of the judged rows must be as expected.
 * Nothing to judge passes, as Great Expectations has it; the notice says so.
 */
export function judgeShare(
  counts: RowCounts,
  mostly: number,
  sentence: string,
  options: { ignoresRows: boolean } = { ignoresRows: true },
): Judgement {
  const judged = counts.rows - counts.ignored;
  const success = judged === 0 || (judged - counts.unexpected) / judged >= mostly;
  const observation = { shape: 'rows' as const, counts, ignoresRows: options.ignoresRows };
  if (judged > 0) return { success, observation, sentence };
  const notice =
    counts.rows === 0 ? 'no rows to judge: passes as it stands' : 'no values to judge: passes as it stands';
  return { success, observation, sentence: 'nothing to judge', notice };
}
