import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareValues } from './compare-values.js';

describe('compareValues', () => {
  it.each([
    [0, 'equal', 0, null, true],
    ['0.00', 'equal', 0, null, true],
    [12345678901234567890n, 'equal', '12345678901234567890', null, true],
    ['12345678901234567890.12', 'equal', '12345678901234567890.13', null, false],
    ['0.30', 'equal', 0.3, null, true],
    ['100.01', 'equal', 100, '0.01', true],
    ['100.02', 'equal', 100, 0.01, false],
    ['99.5', 'less_than', 100, 1, false],
    [5, 'greater_or_equal', 6, 1, true],
    ['b', 'greater_than', 'a', null, true],
    [true, 'equal', true, null, true],
    [null, 'equal', null, null, true],
    [null, 'equal', 0, null, false],
    [null, 'not_equal', 0, null, true],
    [null, 'less_than', 5, null, false],
    ['2025-12-01', 'equal', '2025-12-01', null, true],
  ] as const)('%s %s %s ± %s is %s', (observed, comparison, expected, tolerance, verdict) => {
    expect(compareValues(observed, comparison, expected, tolerance)).toBe(verdict);
  });

  it('compares integers of any size as integers', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        expect(compareValues(a, 'less_than', b.toString(), null)).toBe(a < b);
        expect(compareValues(`${a}.00`, 'equal', b.toString(), null)).toBe(a === b);
      }),
    );
  });
});
