import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArray } from './postgres-array.js';
import { PostgresTypes, typeWithModifier } from './postgres-types.js';
import { decoderOf } from './postgres-values.js';

const types = new PostgresTypes(() => Promise.resolve([]));
const oid = { int8: 20, float8: 701, timestamptz: 1184, int4Array: 1007 };

describe('decoderOf', () => {
  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9223372036854775808', -9223372036854775808n],
  ])('reads the integer %s exactly', (text, value) => {
    expect(decoderOf(oid.int8, types)(text)).toBe(value);
  });

  it.each([
    ['2025-12-01 08:30:00+00', '2025-12-01T08:30:00Z'],
    ['2025-12-01 00:30:00.5+01', '2025-11-30T23:30:00.5Z'],
    ['2025-12-31 20:00:00.000001-05:30', '2026-01-01T01:30:00.000001Z'],
    ['1890-01-01 00:53:28+00:53:28', '1890-01-01T00:00:00Z'],
    ['0001-01-01 00:30:00+01', '0001-12-31T23:30:00Z BC'],
    ['0044-03-15 12:00:00+01 BC', '0044-03-15T11:00:00Z BC'],
    ['0099-06-01 12:00:00-01', '0099-06-01T13:00:00Z'],
    ['20000-01-01 00:00:00+01', '19999-12-31T23:00:00Z'],
    ['infinity', 'infinity'],
  ])('reads the timestamp %s in UTC', (text, value) => {
    expect(decoderOf(oid.timestamptz, types)(text)).toBe(value);
  });

  it('leaves an unknown type its text', () => {
    expect(decoderOf(99_999, types)('(1,2)')).toBe('(1,2)');
  });
});

describe('parseArray', () => {
  const element = fc.option(
    fc.oneof(fc.string(), fc.constantFrom('NULL', '', '"', '\\', '{', '}', ',', ' a ')),
  );
  const written = (value: string | null): string =>
    value === null ? 'NULL' : `"${value.replace(/["\\]/g, '\\$&')}"`;

  it('gives back what was written, nested or not', () => {
    fc.assert(
      fc.property(fc.array(fc.array(element, { minLength: 1 }), { minLength: 1 }), (rows) => {
        const text = `{${rows.map((row) => `{${row.map(written).join(',')}}`).join(',')}}`;
        expect(parseArray(text, (t) => t)).toEqual(rows);
      }),
    );
  });

  it('reads bounds and other delimiters', () => {
    expect(parseArray('[0:1]={1,2}', Number)).toEqual([1, 2]);
    expect(parseArray('{(1,2),(3,4);(5,6),(7,8)}', (t) => t, ';')).toEqual(['(1,2),(3,4)', '(5,6),(7,8)']);
  });
});

describe('typeWithModifier', () => {
  it.each([
    [1700, 'numeric', ((18 << 16) | 2) + 4, 'numeric(18,2)'],
    [1700, 'numeric', ((3 << 16) | (-2 & 0x7ff)) + 4, 'numeric(3,-2)'],
    [1700, 'numeric', -1, 'numeric'],
    [1043, 'character varying', 24, 'character varying(20)'],
    [1184, 'timestamp with time zone', 3, 'timestamp(3) with time zone'],
    [25, 'text', -1, 'text'],
  ])('writes type %i %s with %i as the server does', (type, name, modifier, expected) => {
    expect(typeWithModifier(type, name, modifier)).toBe(expected);
  });
});
