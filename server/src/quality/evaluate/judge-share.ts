import type { Judgement, RowCounts } from '../expectation-kinds/expectation-kind.js';

/**
 * The verdict on row-wise counts: at least `mostly` of the judged rows must be as expected.
 * Nothing to judge passes, as Great Expectations has it; the notice says so.
 */
export function judgeShare(counts: RowCounts, mostly: number, ignoresRows = true): Judgement {
  const judged = counts.rows - counts.ignored;
  const success = judged === 0 || (judged - counts.unexpected) / judged >= mostly;
  const observation = { shape: 'rows' as const, counts, ignoresRows };
  if (judged > 0) return { success, observation };
  const what = counts.rows === 0 ? 'rows' : 'values';
  return { success, observation, notice: `there were no ${what} to judge, which passes as it stands` };
}
