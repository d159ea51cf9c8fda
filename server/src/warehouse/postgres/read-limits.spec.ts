import { describe, expect, it } from 'vitest';
import { ReadLimits } from './read-limits.js';

const rows = (n: number, bytes = 10): string[][] => Array.from({ length: n }, () => ['x'.repeat(bytes)]);

describe('ReadLimits', () => {
  it('asks for one row more than may be taken, and no more', () => {
    const limits = new ReadLimits({ maxRows: 3 });
    expect(limits.nextSize()).toBe(4);
    expect(limits.take(rows(4))).toMatchObject({ truncated: true, kept: rows(3) });
  });

  it('begins small and grows while rows are small', () => {
    const limits = new ReadLimits({});
    const first = limits.nextSize();
    limits.take(rows(first));
    expect(limits.nextSize()).toBeGreaterThan(first);
  });

  it('stays small where rows are large', () => {
    const limits = new ReadLimits({});
    limits.take(rows(10, 1024 * 1024));
    expect(limits.nextSize()).toBeLessThanOrEqual(3);
  });

  it('keeps the row that passes the byte cap and none after it', () => {
    const { kept, truncated } = new ReadLimits({ maxBytes: 100 }).take(rows(10, 90));
    expect([kept.length, truncated]).toEqual([1, true]);
  });

  it('is not truncated when the last row passes the cap', () => {
    expect(new ReadLimits({ maxBytes: 100 }).take(rows(1, 90)).truncated).toBe(false);
  });
});
