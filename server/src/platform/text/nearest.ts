import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelling most likely meant, or nothing when none is close enough to suggest. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = tolerance(word.length) + 1;
  for (const candidate of candidates) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}

/** Two letters off, a short word is simply another word; four letters can turn a long one into its opposite (`not_`). */
function tolerance(letters: number): number {
  if (letters <= 5) return 1;
  return letters <= 8 ? 2 : 3;
}
