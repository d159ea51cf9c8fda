import { describe, expect, it } from 'vitest';
import { renderForPeople, type TableColumn, type TypeCategory } from '../../warehouse/index.js';
import { duckDbDialect } from '../../warehouse/duckdb/duckdb-dialect.js';
import { comparable, commonType } from './comparable.js';
import { CannotMeasure } from './cannot-measure.js';

const column = (category: TypeCategory): TableColumn => ({
  name: 'c',
  type: category,
  category,
  nullable: true,
});
const shown = (category: TypeCategory, value: string | number | boolean): string =>
  renderForPeople(comparable(column(category), value), duckDbDialect);

describe('comparable', () => {
  it.each([
    ['integer', 5, '5'],
    ['integer', 0.5, '0.5'],
    ['decimal', '0.10', '0.10'],
    ['decimal', 1e21, "CAST('1e+21' AS DOUBLE)"],
    ['double', 0.1, "CAST('0.1' AS DOUBLE)"],
    ['text', "it's", "'it''s'"],
    ['boolean', true, "CAST('true' AS BOOLEAN)"],
    ['date', '2025-12-01', "CAST('2025-12-01' AS DATE)"],
    ['date', '2025-12-01 10:00', "CAST('2025-12-01 10:00' AS TIMESTAMP)"],
    ['timestamp', '2025-12-01T10:00:00Z', "CAST('2025-12-01 10:00:00' AS TIMESTAMP)"],
    ['timestamp', '2025-12-01T00:30:00.250+02:00', "CAST('2025-11-30 22:30:00.250' AS TIMESTAMP)"],
    [
      'timestamptz',
      '2025-12-01T10:00:00+02:00',
      "CAST('2025-12-01 10:00:00+02:00' AS TIMESTAMP WITH TIME ZONE)",
    ],
  ] as const)('binds %s against %s as %s', (category, value, expected) => {
    expect(shown(category, value)).toBe(expected);
  });

  it.each([
    ['integer', 'five'],
    ['integer', ''],
    ['text', 5],
    ['boolean', 'yes'],
    ['date', '2025-13-01'],
    ['date', '2025-02-30'],
    ['timestamp', '2025-01-01T99:99:00Z'],
    ['timestamp', '2025-01-01 10:00:00+20:00'],
    ['decimal', '1'.repeat(39)],
    ['date', 20251201],
    ['timestamp', "2025-12-01'; DROP TABLE t; --"],
    ['json', 'x'],
    ['nested', 'x'],
  ] as const)('cannot compare %s with %j', (category, value) => {
    expect(() => shown(category, value)).toThrow(CannotMeasure);
  });

  it('makes a set of decimals as wide as its widest member', () => {
    expect(commonType(column('decimal'), [1, '10.5', 0.125])).toEqual({
      kind: 'decimal',
      precision: 5,
      scale: 3,
    });
    expect(commonType(column('integer'), [1, 2])).toEqual({ kind: 'integer' });
    expect(commonType(column('date'), ['2025-01-01', '2025-01-01 10:00'])).toEqual({ kind: 'timestamp' });
  });
});
