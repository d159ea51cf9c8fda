import { oneLine } from '../platform/text/index.js';
import type { SqlValue } from '../warehouse/index.js';
import { jsonValue } from './values/json-value.js';
import type { RowCounts } from './expectation-kinds/expectation-kind.js';

const grouped = new Intl.NumberFormat('en-US');

/** `2,847,312`. */
export const number = (n: number): string => grouped.format(n);

/** `1 row`, `2,847,312 rows`. */
export const plural = (n: number, noun: string): string => `${number(n)} ${noun}${n === 1 ? '' : 's'}`;

export const judgedRows = (counts: RowCounts): number => counts.rows - counts.ignored;

/** `3 of 2,847,312 values (0.0001 %)`. */
export function share(counts: RowCounts, noun: string): string {
  const judged = judgedRows(counts);
  const percent = judged === 0 ? 0 : (100 * counts.unexpected) / judged;
  const shown = percent === 0 || percent >= 0.1 ? percent.toFixed(1) : percent.toPrecision(1);
  return `${number(counts.unexpected)} of ${plural(judged, noun)} (${shown} %)`;
}

const longest = 80;

/** A measured value as people write it: decimals without trailing zeros, text on one line. */
export function shown(value: SqlValue | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') {
    if (/^-?\d+\.\d+$/.test(value)) return value.replace(/\.?0+$/, '');
    return oneLine(value, longest);
  }
  if (typeof value === 'object') {
    return oneLine(JSON.stringify(jsonValue(value)), longest);
  }
  return String(value);
}
