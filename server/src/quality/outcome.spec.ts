import { describe, expect, it } from 'vitest';
import { worstOutcome, type Outcome } from './outcome.js';

describe('worstOutcome', () => {
  it.each<[Outcome[], Outcome]>([
    [[], 'passed'],
    [['skipped'], 'skipped'],
    [['passed', 'skipped'], 'passed'],
    [['passed', 'warned'], 'warned'],
    [['warned', 'failed', 'passed'], 'failed'],
    [['failed', 'errored'], 'errored'],
  ])('of %j is %s', (outcomes, worst) => {
    expect(worstOutcome(outcomes)).toBe(worst);
  });
});
