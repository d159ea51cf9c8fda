import { Decimal } from 'decimal.js';
import type { SqlValue } from '../../warehouse/index.js';

/** Enough for every DECIMAL an engine has; the library rounds results to this many digits. */
const Exact = Decimal.clone({ precision: 100 });

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
 * Numbers are compared as exact decimals whatever form they came in (`0`, `"0.00"`, 0n); other values as text.
 * NULL equals only NULL and is in no order with anything. The tolerance widens every comparison.
 */
export function compareValues(
  observed: SqlValue,
  comparison: Comparison,
  expected: number | string | boolean | null,
  tolerance: number | string | null,
): boolean {
  if (observed === null || expected === null) {
    const same = observed === expected;
    return comparison === 'equal' ? same : comparison === 'not_equal' ? !same : false;
  }
  const [a, b] = [decimal(observed), decimal(expected)];
  if (a && b) {
    const slack = new Exact(tolerance ?? 0);
    const difference = a.minus(b);
    return decide(comparison, difference.abs().lte(slack) ? 0 : difference.isNegative() ? -1 : 1);
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

function decimal(value: SqlValue): Decimal | null {
  if (typeof value === 'number') return Number.isFinite(value) ? new Exact(value) : null;
  if (typeof value === 'bigint') return new Exact(value.toString());
  if (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return new Exact(value);
  return null;
}

const text = (value: SqlValue): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
