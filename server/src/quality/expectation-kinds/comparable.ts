import {
  call,
  identifier,
  parameter,
  type ParameterType,
  type SqlFragment,
  type TableColumn,
} from '../../warehouse/index.js';
import { CannotMeasure } from './expectation-kind.js';
import type { Scalar } from './kwargs.js';

/** The column as it is compared; engines refuse to compare their enums with text. */
export function comparableColumn(column: TableColumn): SqlFragment {
  const value = identifier(column.name);
  return column.category === 'enum' ? call('asText', value) : value;
}

/** The suite's value as a bound parameter of the type in which the column compares exactly. */
export function comparable(column: TableColumn, value: Scalar): SqlFragment {
  return parameter(boundText(column, value), parameterType(column, value));
}

/** The text that is bound for a value. @throws CannotMeasure when the value is of another kind than the column */
export function boundText(column: TableColumn, value: Scalar): string {
  switch (column.category) {
    case 'integer':
    case 'decimal':
    case 'double':
      return numberText(column, value);
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return timeText(column, value);
    case 'boolean':
      if (typeof value === 'boolean') return String(value);
      throw mismatch(column, value, 'true or false');
    case 'text':
    case 'enum':
    case 'uuid':
      if (typeof value === 'string') return value;
      throw mismatch(column, value, 'a text');
    case 'time':
      if (typeof value === 'string' && /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(value)) return value;
      throw mismatch(column, value, 'a time such as "08:30:00"');
    case 'interval':
    case 'json':
    case 'binary':
    case 'nested':
    case 'other':
      throw new CannotMeasure(
        `column "${column.name}" is of type ${column.type}, whose values have no order or equality to judge by`,
      );
  }
}

/** One type for all values of a set; decimals wide enough for the widest. */
export function commonType(column: TableColumn, values: readonly Scalar[]): ParameterType {
  const types = values.map((v) => parameterType(column, v));
  const [first = { kind: 'text' as const }] = types;
  if (types.every((t) => t.kind === first.kind && t.kind !== 'decimal')) return first;
  if (types.some((t) => t.kind === 'double')) return { kind: 'double' };
  if (types.some((t) => t.kind === 'timestamp')) return { kind: 'timestamp' };
  let whole = 1;
  let scale = 0;
  for (const value of values) {
    const [w = '', f = ''] = plainDigits(numberText(column, value));
    whole = Math.max(whole, w.length);
    scale = Math.max(scale, f.length);
  }
  return { kind: 'decimal', precision: whole + scale, scale };
}

function parameterType(column: TableColumn, value: Scalar): ParameterType {
  switch (column.category) {
    case 'double':
      return { kind: 'double' };
    case 'integer':
    case 'decimal': {
      const text = numberText(column, value);
      if (/[eE]/.test(text)) return { kind: 'double' };
      const [whole = '', fraction = ''] = plainDigits(text);
      if (fraction === '' && whole.length <= 18) return { kind: 'integer' };
      const precision = whole.length + fraction.length;
      // 38 digits are what DuckDB and Trino have; beyond, no column of theirs holds such a value exactly.
      return precision <= 38 ? { kind: 'decimal', precision, scale: fraction.length } : { kind: 'double' };
    }
    case 'date':
      // Compared with a moment inside a day, a date is that day's midnight.
      return typeof value === 'string' && value.length > 10 ? { kind: 'timestamp' } : { kind: 'date' };
    case 'timestamp':
      return { kind: 'timestamp' };
    case 'timestamptz':
      return { kind: 'timestamptz' };
    case 'time':
      return { kind: 'time' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'uuid':
      return { kind: 'uuid' };
    case 'text':
    case 'enum':
    case 'interval':
    case 'json':
    case 'binary':
    case 'nested':
    case 'other':
      return { kind: 'text' };
  }
}

const plainDigits = (text: string): [string, string] => {
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  return [whole, fraction];
};

function numberText(column: TableColumn, value: Scalar): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && /^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/.test(value)) return value;
  throw mismatch(column, value, 'a number');
}

/**
 * ISO 8601, `T` or blank between date and time. A zone is resolved to UTC for columns without one,
 * since sessions run in UTC.
 */
function timeText(column: TableColumn, value: Scalar): string {
  const match =
    typeof value === 'string'
      ? /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
          value,
        )
      : null;
  if (!match || Number.isNaN(Date.parse(match[1] ?? ''))) {
    throw mismatch(column, value, 'a date or time such as "2025-12-31" or "2025-12-31 08:30:00"');
  }
  const [, date = '', time, zone] = match;
  if (time === undefined) return date;
  if (zone === undefined) return `${date} ${time}`;
  if (column.category === 'timestamptz') return `${date} ${time}${zone === 'Z' ? '+00' : zone}`;
  const offset =
    zone === 'Z'
      ? '+00:00'
      : zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, h: string, m = '00') => `${h}:${m}`);
  const seconds = time.length === 5 ? `${time}:00` : time;
  const [clock = '', fraction] = seconds.split('.');
  const utc = new Date(`${date}T${clock}${offset}`).toISOString().slice(0, 19).replace('T', ' ');
  return fraction === undefined ? utc : `${utc}.${fraction}`;
}

function mismatch(column: TableColumn, value: Scalar, wanted: string): CannotMeasure {
  return new CannotMeasure(
    `column "${column.name}" is of type ${column.type}; ${JSON.stringify(value)} cannot be compared with it, give ${wanted}`,
  );
}
