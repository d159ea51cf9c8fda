import type { SqlValue } from '../warehouse-adapter.js';
import { parseArray } from './postgres-array.js';
import type { PostgresTypes } from './postgres-types.js';

export type Decoder = (text: string) => SqlValue;

/** How values of a type are read from the text that the server sends; other types stay that text. */
export function decoderOf(oid: number, types: PostgresTypes): Decoder {
  const { category, element, delimiter } = types.get(oid);
  if (element !== undefined) {
    const decode = decoderOf(element, types);
    return (text) => parseArray(text, decode, delimiter);
  }
  switch (category) {
    case 'boolean':
      return (text) => text === 't';
    case 'integer':
      return integer;
    case 'double':
      return Number;
    case 'timestamp':
      return (text) => text.replace(' ', 'T');
    case 'timestamptz':
      return utcTimestamp;
    default:
      return (text) => text;
  }
}

function integer(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** `2025-12-01 08:30:00.5+05:30` as the session's zone has it; years before Christ end in ` BC`. */
const zoned = /^(\d+)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(\.\d+)?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;

/** In UTC with `Z`; `infinity` stays. */
function utcTimestamp(text: string): string {
  const match = zoned.exec(text);
  if (!match) return text;
  const [, year, month, day, hour, minute, second, fraction = '', sign, ...rest] = match;
  const [offsetHours, offsetMinutes = '0', offsetSeconds = '0', era = ''] = rest;
  const offset = Number(offsetHours) * 3600 + Number(offsetMinutes) * 60 + Number(offsetSeconds);
  if (offset === 0) {
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z${era}`;
  }
  const at = new Date(0);
  at.setUTCFullYear(era === '' ? Number(year) : 1 - Number(year), Number(month) - 1, Number(day));
  at.setUTCHours(Number(hour), Number(minute), Number(second) - (sign === '-' ? -offset : offset));
  // Postgres goes on to the year 294276, JavaScript's calendar ends before.
  return Number.isNaN(at.getTime()) ? text.replace(' ', 'T') : written(at, fraction);
}

function written(at: Date, fraction: string): string {
  const pad = (n: number, width = 2): string => String(n).padStart(width, '0');
  const astronomical = at.getUTCFullYear();
  const year = astronomical > 0 ? astronomical : 1 - astronomical;
  const date = `${pad(year, 4)}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
  const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
  return `${date}T${time}${fraction}Z${astronomical > 0 ? '' : ' BC'}`;
}
