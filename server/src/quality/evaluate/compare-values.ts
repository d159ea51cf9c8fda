import type { SqlValue, TypeCategory } from '../../warehouse/index.js';
import { jsonValue } from '../values/json-value.js';
import { exactNumber } from '../values/scalar.js';

/** Comparisons by the name in the suite, with the sign that people read. */
export const comparisons = {
  equal: '=',
  not_equal: '≠',
  less_than: '<',
  less_or_equal: '≤',
  greater_than: '>',
  greater_or_equal: '≥',
} as const;
export type Comparison = keyof typeof comparisons;

/**
 * Numbers are compared as exact decimals whatever form they came in (`0`, `"0.00"`, 0n), also a text with an
 * expected number; a text column's value with an expected text is text (`'7'` is not `'007'`).
 * NULL equals only NULL and is in no order with anything. Within the tolerance numbers count as equal.
 */
export function compareValues(
  { observed, category }: { observed: SqlValue; category: TypeCategory },
  comparison: Comparison,
  expected: number | string | boolean | null,
  tolerance: number | string | null,
): boolean {
  if (observed === null || expected === null) {
    const same = observed === expected;
    return comparison === 'equal' ? same : comparison === 'not_equal' ? !same : false;
  }
  const areTexts = (category === 'text' || category === 'enum') && typeof expected === 'string';
  const [a, b] = areTexts ? [] : [exactNumber(observed), exactNumber(expected)];
  if (a && b) {
    const difference = a.minus(b);
    const isEqual = difference.abs().lte(exactNumber(tolerance) ?? 0);
    return decide(comparison, isEqual ? 0 : difference.isNegative() ? -1 : 1);
  }
  const [x, y] = [text(observed), text(expected)];
  return decide(comparison, x === y ? 0 : x < y ? -1 : 1);
}

function decide(comparison: Comparison, order: -1 | 0 | 1): boolean {
  switch (comparison) {
    case 'equal':
      return order === 0;
    case 'not_equal':
      return order !== 0;
    case 'less_than':
      return order < 0;
    case 'less_or_equal':
      return order <= 0;
    case 'greater_than':
      return order > 0;
    case 'greater_or_equal':
      return order >= 0;
  }
}

const text = (value: SqlValue): string =>
  typeof value === 'object' ? JSON.stringify(jsonValue(value)) : String(value);
