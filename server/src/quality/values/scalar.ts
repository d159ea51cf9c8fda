import { Decimal } from 'decimal.js';

/**
 * A value as suites write it. A number that a double cannot hold exactly stays the text in which it was written,
 * so that no cent is lost between the file and the engine.
 */
export type Scalar = number | string | boolean;

const numeric = /^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/;

/** Whether the text reads as a decimal number. */
export const isNumeric = (text: string): boolean => numeric.test(text);

/** More digits than any DECIMAL has; the library rounds its results to this many. */
const Exact = Decimal.clone({ precision: 200 });

/** Exact value of a number or numeric text; undefined for everything else. */
export function exactNumber(value: unknown): Decimal | undefined {
  if (typeof value === 'bigint') return new Exact(value.toString());
  if (typeof value === 'number') return Number.isFinite(value) ? new Exact(value) : undefined;
  return typeof value === 'string' && isNumeric(value) ? new Exact(value) : undefined;
}

/** A number literal of a file: a number where that is exact, its text where it is not. */
export function numberLiteral(text: string): number | string {
  const value = Number(text);
  return exactNumber(text)?.eq(value) ? value : text;
}
