import { allOf, sql, type SqlFragment, type TableColumn } from '../../warehouse/index.js';
import { CannotMeasure } from './cannot-measure.js';
import { boundText, comparable } from './comparable.js';
import { exactNumber, type Scalar } from './scalar.js';

export interface Bounds {
  min_value: number | string | null;
  max_value: number | string | null;
  strict_min: boolean;
  strict_max: boolean;
}

/** What is wrong with the bounds whatever the column is: it is not known yet. */
export function boundsProblem(
  b: Bounds,
): { kwarg: string; message: string; suggestion?: string } | undefined {
  const { min_value: min, max_value: max } = b;
  if (min === null && max === null) {
    return {
      kwarg: 'min_value',
      message: 'neither min_value nor max_value is given',
      suggestion: 'give one',
    };
  }
  if (min === null || max === null) return undefined;
  const [a, z] = [exactNumber(min), exactNumber(max)];
  if ((typeof min === 'number') !== (typeof max === 'number') && !(a && z)) {
    return { kwarg: 'max_value', message: `min_value is a ${typeof min}, max_value a ${typeof max}` };
  }
  // Texts that read as numbers may be bounds of a text column, where "9" comes after "30".
  const asNumbers = a && z ? a.gt(z) : undefined;
  const asTexts = typeof min === 'string' && typeof max === 'string' ? min > max : undefined;
  return asNumbers !== false && asTexts !== false ? inverted(min, max) : undefined;
}

const inverted = (
  min: number | string,
  max: number | string,
): { kwarg: string; message: string; suggestion: string } => ({
  kwarg: 'min_value',
  message: `min_value ${min} is greater than max_value ${max}`,
  suggestion: 'swap them',
});

/** True for values inside; the caller keeps NULLs away. @throws CannotMeasure when the bounds do not fit the column */
export function withinBounds(value: SqlFragment, column: TableColumn, b: Bounds): SqlFragment {
  const { min_value: min, max_value: max } = b;
  if (min !== null && max !== null && isAfter(column, min, max)) {
    throw new CannotMeasure(inverted(min, max).message);
  }
  const conditions: SqlFragment[] = [];
  if (min !== null) {
    const bound = comparable(column, min);
    conditions.push(b.strict_min ? sql`${value} > ${bound}` : sql`${value} >= ${bound}`);
  }
  if (max !== null) {
    const bound = comparable(column, max);
    conditions.push(b.strict_max ? sql`${value} < ${bound}` : sql`${value} <= ${bound}`);
  }
  return allOf(conditions);
}

/** Only where the order is ours to know: texts are ordered by the engine's collation. */
function isAfter(column: TableColumn, min: Scalar, max: Scalar): boolean {
  if (['integer', 'decimal', 'double'].includes(column.category)) {
    const [a, z] = [exactNumber(boundText(column, min)), exactNumber(boundText(column, max))];
    return a !== undefined && z !== undefined && a.gt(z);
  }
  return false;
}

/** `[0, 1)`; an open side is infinite. */
export function interval(b: Bounds): string {
  const left = b.min_value === null ? '(-∞' : `${b.strict_min ? '(' : '['}${b.min_value}`;
  const right = b.max_value === null ? '∞)' : `${b.max_value}${b.strict_max ? ')' : ']'}`;
  return `${left}, ${right}`;
}
