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
    [5, 'greater_or_equal', 6, 1, true],
    ['9007199254740992', 'equal', '9007199254740993', null, false],
    ['b', 'greater_than', 'a', null, true],
    [true, 'equal', true, null, true],
    [null, 'equal', null, null, true],
    [null, 'equal', 0, null, false],
    [null, 'not_equal', 0, null, true],
    [null, 'less_than', 5, null, false],
    ['2025-12-01', 'equal', '2025-12-01', null, true],
  ] as const)('%s %s %s ± %s is %s', (observed, comparison, expected, tolerance, verdict) => {
    const category = typeof observed === 'string' ? ('decimal' as const) : ('integer' as const);
    expect(compareValues({ observed, category }, comparison, expected, tolerance)).toBe(verdict);
  });

  it.each([
    ['7', '007', false],
    ['1e2', '100', false],
    ['100', 100, true],
    ['a', 'a', true],
  ])('of a text column %j equals the expected %j: %s', (observed, expected, verdict) => {
    expect(compareValues({ observed, category: 'text' }, 'equal', expected, null)).toBe(verdict);
  });

  it('compares integers of any size as integers', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        const integer = { observed: a, category: 'integer' as const };
        const decimal = { observed: `${a}.00`, category: 'decimal' as const };
        expect(compareValues(integer, 'less_than', b.toString(), null)).toBe(a < b);
        expect(compareValues(decimal, 'equal', b.toString(), null)).toBe(a === b);
      }),
    );
  });
});
