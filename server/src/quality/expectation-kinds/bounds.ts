import { allOf, sql, type SqlFragment, type TableColumn } from '../../warehouse/index.js';
import { comparable } from './comparable.js';
import type { KwargIssue } from './expectation-kind.js';

export interface Bounds {
  min_value: number | string | null;
  max_value: number | string | null;
  strict_min: boolean;
  strict_max: boolean;
}

export function checkBounds(b: Bounds): KwargIssue[] {
  const { min_value: min, max_value: max } = b;
  if (min === null && max === null) {
    return [
      { kwarg: 'min_value', message: 'neither min_value nor max_value is given', suggestion: 'give one' },
    ];
  }
  if (min === null || max === null) return [];
  if (typeof min !== typeof max) {
    return [{ kwarg: 'max_value', message: `min_value is a ${typeof min}, max_value a ${typeof max}` }];
  }
  return min > max
    ? [
        {
          kwarg: 'min_value',
          message: `min_value ${min} is greater than max_value ${max}`,
          suggestion: 'swap them',
        },
      ]
    : [];
}

/** True for values inside; the caller keeps NULLs away. */
export function withinBounds(value: SqlFragment, column: TableColumn, b: Bounds): SqlFragment {
  const conditions: SqlFragment[] = [];
  if (b.min_value !== null) {
    const min = comparable(column, b.min_value);
    conditions.push(b.strict_min ? sql`${value} > ${min}` : sql`${value} >= ${min}`);
  }
  if (b.max_value !== null) {
    const max = comparable(column, b.max_value);
    conditions.push(b.strict_max ? sql`${value} < ${max}` : sql`${value} <= ${max}`);
  }
  return allOf(conditions);
}

/** `[0, 1)`; an open side is infinite. */
export function interval(b: Bounds): string {
  const left = b.min_value === null ? '(-∞' : `${b.strict_min ? '(' : '['}${b.min_value}`;
  const right = b.max_value === null ? '∞)' : `${b.max_value}${b.strict_max ? ')' : ']'}`;
  return `${left}, ${right}`;
}
