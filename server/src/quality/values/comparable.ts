import {
  call,
  identifier,
  parameter,
  type ParameterType,
  type SqlFragment,
  type TableColumn,
} from '../../warehouse/index.js';
import { CannotMeasure } from './cannot-measure.js';
import { isNumeric, type Scalar } from './scalar.js';
import { timeText } from './time-text.js';

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
      return momentText(column, value);
    case 'boolean':
      if (typeof value === 'boolean') return String(value);
      throw mismatch(column, value, 'true or false');
    case 'text':
    case 'enum':
    case 'uuid':
      // CHAR(n) pads its values with blanks, which comparing them as text takes off again.
      if (typeof value === 'string') return isPadded(column) ? value.replace(/ +$/, '') : value;
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

const isPadded = ({ type }: TableColumn): boolean => /^(character|char|bpchar)(\(|$)/i.test(type);

/** One type for all values of a set; decimals wide enough for the widest. */
export function commonType(column: TableColumn, values: readonly Scalar[]): ParameterType {
  const types = values.map((v) => parameterType(column, v));
  const [first = { kind: 'text' as const }] = types;
  if (types.every((t) => t.kind === first.kind && t.kind !== 'decimal')) return first;
  const floating = types.find((t) => t.kind === 'double' || t.kind === 'real');
  if (floating) return floating;
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
      // 0.1 in single precision is another number than 0.1 in double.
      return { kind: /^(real|float)$/i.test(column.type) ? 'real' : 'double' };
    case 'integer':
    case 'decimal': {
      const text = numberText(column, value);
      if (/[eE]/.test(text)) return { kind: 'double' };
      const [whole = '', fraction = ''] = plainDigits(text);
      if (fraction === '' && whole.length <= 18) return { kind: 'integer' };
      const precision = whole.length + fraction.length;
      // 38 digits are what DuckDB and Trino have; a rounded bound could turn the verdict.
      if (precision > 38) throw new CannotMeasure(`${text} has more than the 38 digits of a DECIMAL`);
      return { kind: 'decimal', precision, scale: fraction.length };
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
  if (typeof value === 'string' && isNumeric(value)) return value;
  throw mismatch(column, value, 'a number');
}

function momentText(column: TableColumn, value: Scalar): string {
  const text = typeof value === 'string' ? timeText(value, column.category === 'timestamptz') : undefined;
  if (text !== undefined) return text;
  throw mismatch(column, value, 'a date or time such as "2025-12-31" or "2025-12-31 08:30:00"');
}

function mismatch(column: TableColumn, value: Scalar, wanted: string): CannotMeasure {
  return new CannotMeasure(
    `column "${column.name}" is of type ${column.type}; ${JSON.stringify(value)} cannot be compared with it, give ${wanted}`,
  );
}
