import { describe, expect, it } from 'vitest';
import { renderForPeople, type TableColumn } from '../../warehouse/index.js';
import { duckDbDialect } from '../../warehouse/duckdb/duckdb-dialect.js';
import { conditionFragment } from './condition-sql.js';
import { parseRowCondition } from './parse-row-condition.js';

const columnOf = (name: string): TableColumn => ({
  name,
  type: name.toUpperCase(),
  category: name === 'd' ? 'date' : name === 'n' ? 'integer' : 'text',
  nullable: true,
});
const column = (name: string): { name: string } => ({ name });

describe('row conditions', () => {
  it.each<[unknown, string]>([
    ['col("n") > 5', '"n" > 5'],
    ["col('n')<=-3", '"n" <= -3'],
    ['col("n") > +5.', '"n" > 5'],
    ['col("n") != 9007199254740993', '"n" <> 9007199254740993'],
    ['col("s").NOTNULL()', '"s" IS NOT NULL'],
    ['col("s") == "a b"', `"s" = 'a b'`],
    ['col("d") >= date("2024-01-01")', `"d" >= CAST('2024-01-01' AS DATE)`],
    ['col("s").notNull()', '"s" IS NOT NULL'],
    ['n > 5 AND s IS NULL', '(\nn > 5 AND s IS NULL\n)'],
    [{ type: 'comparison', column: column('n'), operator: '!=', parameter: 5 }, '"n" <> 5'],
    [{ type: 'nullity', column: column('s'), is_null: true }, '"s" IS NULL'],
    [
      { type: 'comparison', column: column('s'), operator: 'NOT_IN', parameter: ['a', "b'"] },
      `NOT ("s" IN ('a', 'b'''))`,
    ],
    [
      {
        type: 'or',
        conditions: [
          { type: 'nullity', column: column('s'), is_null: false },
          {
            type: 'and',
            conditions: [
              { type: 'comparison', column: column('n'), operator: '<', parameter: 1 },
              { type: 'comparison', column: column('d'), operator: '<', parameter: '2025-01-01' },
            ],
          },
        ],
      },
      `("s" IS NOT NULL) OR (("n" < 1) AND ("d" < CAST('2025-01-01' AS DATE)))`,
    ],
  ])('writes %j as SQL', (written, expected) => {
    const parsed = parseRowCondition(written);
    if ('reason' in parsed) expect.fail(parsed.reason);
    expect(renderForPeople(conditionFragment(parsed, columnOf), duckDbDialect)).toBe(expected);
  });

  it.each<[unknown, unknown]>([
    ['col("n") >', 'great_expectations'],
    ['n > 5', 'great_expectations__experimental__'],
    ['col("n") > 5 and col("m") > 5', null],
    ["col(\"s\") != 'it''s'", null],
    ['df.n > 5', 'pandas'],
    ['   ', null],
    [5, null],
    [{ type: 'comparison', column: column('n'), operator: '=', parameter: 5 }, null],
    [{ type: 'comparison', column: column('n'), operator: '==', parameter: null }, null],
    [{ type: 'comparison', column: column('n'), operator: 'IN', parameter: [] }, null],
    [{ type: 'and', conditions: [] }, null],
    [{ type: 'xor' }, null],
  ])('refuses %j of the parser %s with a reason', (written, parser) => {
    expect(parseRowCondition(written, parser)).toHaveProperty('reason');
  });
});
