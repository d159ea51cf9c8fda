import type { Outcome } from '../../quality/index.js';

/** What scripts rely on (contracts.md): did it hold, could it be done, was it asked well. */
export const exitCode = {
  holds: 0,
  failed: 1,
  couldNot: 2,
  badArguments: 64,
  badInput: 65,
  interrupted: 130,
} as const;

/** `warned` holds: nobody's pipeline stops for a warning. */
export function exitCodeOf(outcome: Outcome): number {
  switch (outcome) {
    case 'errored':
      return exitCode.couldNot;
    case 'failed':
      return exitCode.failed;
    case 'passed':
    case 'warned':
    case 'skipped':
      return exitCode.holds;
  }
}
