// @ts-check
import { DuckDBTypeId } from '@duckdb/node-api';

/**
 * @import {
 *   DuckDBArrayType, DuckDBArrayValue, DuckDBBlobValue, DuckDBDateValue, DuckDBDecimalType,
 *   DuckDBDecimalValue, DuckDBListType, DuckDBListValue, DuckDBMapType, DuckDBMapValue, DuckDBStructType,
 *   DuckDBStructValue, DuckDBTimestampMillisecondsValue, DuckDBTimestampNanosecondsValue,
 *   DuckDBTimestampSecondsValue, DuckDBTimestampTZValue, DuckDBTimestampValue, DuckDBType, DuckDBUnionType,
 *   DuckDBUnionValue, DuckDBValue
 * } from '@duckdb/node-api'
 */
/** @import { SqlValue } from '../warehouse-adapter.js' */

/** @typedef {(value: DuckDBValue) => SqlValue} Convert converts a value that is not null */

/**
 * How values of a type become `SqlValue`s, decided once for a column and not for each value.
 *
 * @param {DuckDBType} type
 * @returns {Convert}
 */
export function converterOf(type) {
  switch (type.typeId) {
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.BIGNUM:
      return (value) => fromInteger(/** @type {bigint} */ (value));
    case DuckDBTypeId.DECIMAL:
      return decimalConverter(/** @type {DuckDBDecimalType} */ (type).scale);
    case DuckDBTypeId.DATE:
      return (value) => fromDate(/** @type {DuckDBDateValue} */ (value));
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_NS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return timestampConverter(type.typeId);
    case DuckDBTypeId.BLOB:
      return (value) => `\\x${Buffer.from(/** @type {DuckDBBlobValue} */ (value).bytes).toString('hex')}`;
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.BOOLEAN:
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.ENUM:
      return asIs;
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return listConverter(/** @type {DuckDBListType | DuckDBArrayType} */ (type));
    case DuckDBTypeId.STRUCT:
      return structConverter(/** @type {DuckDBStructType} */ (type));
    case DuckDBTypeId.MAP:
      return mapConverter(/** @type {DuckDBMapType} */ (type));
    case DuckDBTypeId.UNION:
      return unionConverter(/** @type {DuckDBUnionType} */ (type));
    default:
      // TIME, INTERVAL, UUID, BIT and whatever comes later: the engine's own text.
      return String;
  }
}

/** @type {Convert} */
const asIs = (value) => /** @type {SqlValue} */ (value);

/** @param {bigint} value */
function fromInteger(value) {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** @param {number} scale @returns {Convert} */
function decimalConverter(scale) {
  return (value) => {
    const { value: unscaled } = /** @type {DuckDBDecimalValue} */ (value);
    const negative = unscaled < 0n;
    const digits = (negative ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
    const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    return negative ? `-${text}` : text;
  };
}

/** Days and seconds of the years 0001 to 9999, which `Date` writes as we do; the rest is the engine's text. */
const firstDay = -719_162;
const lastDay = 2_932_896;

/** @type {Map<number, string>} */
const dayTexts = new Map();

/** @param {number} day */
function dayText(day) {
  let text = dayTexts.get(day);
  if (text === undefined) {
    if (dayTexts.size > 50_000) dayTexts.clear();
    text = new Date(day * 86_400_000).toISOString().slice(0, 10);
    dayTexts.set(day, text);
  }
  return text;
}

/** @param {DuckDBDateValue} value */
function fromDate(value) {
  if (!value.isFinite) return value.days > 0 ? 'infinity' : '-infinity';
  return value.days >= firstDay && value.days <= lastDay ? dayText(value.days) : value.toString();
}

/**
 * @param {{ isFinite: boolean, toString(): string }} value for what is out of the ordinary: infinity, years before 1
 * and after 9999
 * @param {bigint} ticks since 1970
 * @param {bigint} perSecond
 * @param {number} digits of the fraction at full length
 */
function fromTimestamp(value, ticks, perSecond, digits) {
  if (!value.isFinite) return ticks > 0n ? 'infinity' : '-infinity';
  let seconds = ticks / perSecond;
  let fraction = ticks % perSecond;
  if (fraction < 0n) {
    seconds -= 1n;
    fraction += perSecond;
  }
  const second = Number(seconds);
  const day = Math.floor(second / 86_400);
  if (day < firstDay || day > lastDay) return value.toString().replace(' ', 'T');
  const ofDay = second - day * 86_400;
  const time = `${two(Math.floor(ofDay / 3600))}:${two(Math.floor(ofDay / 60) % 60)}:${two(ofDay % 60)}`;
  const rest = fraction === 0n ? '' : `.${fraction.toString().padStart(digits, '0').replace(/0+$/, '')}`;
  return `${dayText(day)}T${time}${rest}`;
}

/** @param {DuckDBTypeId} typeId @returns {Convert} */
function timestampConverter(typeId) {
  switch (typeId) {
    case DuckDBTypeId.TIMESTAMP_S:
      return (value) => {
        const timestamp = /** @type {DuckDBTimestampSecondsValue} */ (value);
        return fromTimestamp(timestamp, timestamp.seconds, 1n, 0);
      };
    case DuckDBTypeId.TIMESTAMP_MS:
      return (value) => {
        const timestamp = /** @type {DuckDBTimestampMillisecondsValue} */ (value);
        return fromTimestamp(timestamp, timestamp.millis, 1000n, 3);
      };
    case DuckDBTypeId.TIMESTAMP_NS:
      return (value) => {
        const timestamp = /** @type {DuckDBTimestampNanosecondsValue} */ (value);
        return fromTimestamp(timestamp, timestamp.nanos, 1_000_000_000n, 9);
      };
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (value) => {
        const timestamp = /** @type {DuckDBTimestampTZValue} */ (value);
        return zoned(fromTimestamp(timestamp, timestamp.micros, 1_000_000n, 6));
      };
    default:
      return (value) => {
        const timestamp = /** @type {DuckDBTimestampValue} */ (value);
        return fromTimestamp(timestamp, timestamp.micros, 1_000_000n, 6);
      };
  }
}

/** @param {number} number */
function two(number) {
  return number < 10 ? `0${number}` : `${number}`;
}

/** The engine's text ends in its offset, ours in `Z`; infinity has neither. @param {string} text */
function zoned(text) {
  return text.endsWith('infinity') ? text : `${text.replace(/\+00(:00)?/, '')}Z`;
}

/**
 * @param {DuckDBValue} value
 * @param {Convert} convert
 */
function orNull(value, convert) {
  return value === null ? null : convert(value);
}

/** @param {DuckDBListType | DuckDBArrayType} type @returns {Convert} */
function listConverter(type) {
  const convert = converterOf(type.valueType);
  return (value) =>
    /** @type {DuckDBListValue | DuckDBArrayValue} */ (value).items.map((item) => orNull(item, convert));
}

/** @param {DuckDBStructType} type @returns {Convert} */
function structConverter(type) {
  const converters = type.entryTypes.map(converterOf);
  return (value) => {
    const { entries } = /** @type {DuckDBStructValue} */ (value);
    // `fromEntries` defines fields, so one named `__proto__` stays a field.
    return Object.fromEntries(
      type.entryNames.map((name, i) => [name, orNull(entries[name] ?? null, converters[i] ?? String)]),
    );
  };
}

/** Keys of a map need not be text; ours are. @param {DuckDBMapType} type @returns {Convert} */
function mapConverter(type) {
  const convertKey = converterOf(type.keyType);
  const convert = converterOf(type.valueType);
  return (value) =>
    Object.fromEntries(
      /** @type {DuckDBMapValue} */ (value).entries.map((entry) => [
        keyText(orNull(entry.key, convertKey)),
        orNull(entry.value, convert),
      ]),
    );
}

/** @param {SqlValue} key */
function keyText(key) {
  return typeof key === 'object' ? JSON.stringify(key) : String(key);
}

/** The member's value; which member it was is not kept. @param {DuckDBUnionType} type @returns {Convert} */
function unionConverter(type) {
  const converters = new Map(
    type.memberTags.map((tag, i) => [tag, converterOf(type.memberTypes[i] ?? type)]),
  );
  return (value) => {
    const { tag, value: member } = /** @type {DuckDBUnionValue} */ (value);
    return orNull(member, converters.get(tag) ?? String);
  };
}

/** Approximate bytes of a value in memory. @param {SqlValue} value @returns {number} */
export function sizeOf(value) {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 16;
  for (const [key, item] of Object.entries(value))
    size += key.length + sizeOf(/** @type {SqlValue} */ (item));
  return size;
}

/** @param {DuckDBType} type */
export function typeText(type) {
  return type.alias === 'JSON' ? 'JSON' : type.toString();
}
