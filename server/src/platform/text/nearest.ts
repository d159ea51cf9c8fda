import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelling most likely meant, or nothing when none is close enough to suggest. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const tolerance = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = tolerance + 1;
  for (const candidate of candidates) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}
