import { spawnSync } from 'node:child_process';

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs the contestants in turn, `rounds` times after one round of warming up, so that what the machine
 * does meanwhile hits all alike. Gives the median of each in milliseconds.
 *
 * @param {Record<string, () => Promise<unknown>>} contestants
 * @param {number} rounds
 */
export async function interleaved(contestants, rounds) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const begin = performance.now();
      await run();
      if (round > 0) times[name].push(performance.now() - begin);
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, Math.round(median(all) * 10) / 10]),
  );
}

/** @param {number} a @param {number} b */
export const ratio = (a, b) => Math.round((100 * a) / b) / 100;

/** Runs a Node script to its end. @throws when it fails, since its time would then say nothing */
export function run(...args) {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} exited with ${status}: ${stderr}`);
}
