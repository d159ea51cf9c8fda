const clock = String.raw`([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;
const zone = String.raw`Z|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?`;
const moment = new RegExp(
  String.raw`^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>${clock})\s*(?<zone>${zone})?)?$`,
);

/**
 * A date or time of ISO 8601 (`T` or blank between them) as engines read it; undefined when it is none.
 * For a column without a zone, a moment with one is told in UTC, in which a naive warehouse keeps its times.
 */
export function timeText(value: string, columnHasZone: boolean): string | undefined {
  const groups = moment.exec(value)?.groups;
  const { date = '', time, zone: offset } = groups ?? {};
  if (!groups || !isDate(date)) return undefined;
  if (time === undefined) return date;
  if (offset === undefined) return `${date} ${time}`;
  const hours = offset === 'Z' ? '+00' : offset;
  if (columnHasZone) return `${date} ${time}${hours}`;
  const [whole = '', fraction] = time.split('.');
  const utc = new Date(`${date}T${whole}${whole.length === 5 ? ':00' : ''}${minutes(hours)}`)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
  return fraction === undefined ? utc : `${utc}.${fraction}`;
}

/** `2025-02-30` is none, although `Date` would take it for the 2nd of March. */
function isDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

const minutes = (offset: string): string =>
  offset.length === 3 ? `${offset}:00` : offset.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
