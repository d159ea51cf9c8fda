/**
 * What became of one expectation. `passed`, `warned`, `failed`: the data was judged.
 * `errored`, `skipped`: it could not be, or was not asked to be; neither says anything about the data.
 */
export type Outcome = 'passed' | 'warned' | 'failed' | 'errored' | 'skipped';

/** The outcome of a whole run: the worst of its results, where not knowing is worse than knowing it is bad. */
export function worstOutcome(outcomes: Iterable<Outcome>): Outcome {
  const order: readonly Outcome[] = ['skipped', 'passed', 'warned', 'failed', 'errored'];
  let worst = 0;
  let any = false;
  for (const outcome of outcomes) {
    any = true;
    worst = Math.max(worst, order.indexOf(outcome));
  }
  return any ? (order[worst] ?? 'errored') : 'passed';
}
