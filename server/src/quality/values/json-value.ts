import type { SqlValue } from '../../warehouse/index.js';

/** A warehouse value in JSON: integers beyond ±2^53 and numbers that JSON lacks become text. */
export function jsonValue(value: SqlValue): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return (value as readonly SqlValue[]).map(jsonValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, jsonValue(v)]));
  }
  return value;
}
