import { describe, expect, it } from 'vitest';
import { call, identifier, list, parameter, render, renderForPeople, sql } from '../sql/index.js';
import type { SqlFragment } from '../sql/index.js';
import { duckDbDialect } from './duckdb-dialect.js';
import { categoryOf } from './duckdb-types.js';

const column = identifier('a"b');

describe('duckDbDialect', () => {
  it.each<{ title: string; fragment: SqlFragment; sent: string; read: string }>([
    {
      title: 'a quoted identifier and a text',
      fragment: sql`${column} = ${parameter("it's", { kind: 'text' })}`,
      sent: '"a""b" = CAST($1 AS VARCHAR)',
      read: `"a""b" = 'it''s'`,
    },
    {
      title: 'a decimal',
      fragment: parameter('1.50', { kind: 'decimal', precision: 18, scale: 2 }),
      sent: 'CAST($1 AS DECIMAL(18,2))',
      read: '1.50',
    },
    {
      title: 'a text with a NUL',
      fragment: parameter('a\0b', { kind: 'text' }),
      sent: 'CAST($1 AS VARCHAR)',
      read: `('a' || chr(0) || 'b')`,
    },
    {
      title: 'a list',
      fragment: call('inList', column, list(['1', null], { kind: 'integer' })),
      sent: '"a""b" IN (SELECT unnest(CAST($1 AS HUGEINT[])))',
      read: `"a""b" IN (SELECT unnest(CAST(['1', NULL] AS HUGEINT[])))`,
    },
    {
      title: 'a conditional count of matches',
      fragment: call(
        'countIf',
        call('regexMatches', call('asText', column), parameter('^x', { kind: 'text' })),
      ),
      sent: 'COUNT(*) FILTER (WHERE regexp_matches(CAST("a""b" AS VARCHAR), CAST($1 AS VARCHAR)))',
      read: `COUNT(*) FILTER (WHERE regexp_matches(CAST("a""b" AS VARCHAR), '^x'))`,
    },
  ])('writes $title, bound and for people', ({ fragment, sent, read }) => {
    expect(render(fragment, duckDbDialect).sql).toBe(sent);
    expect(renderForPeople(fragment, duckDbDialect)).toBe(read);
  });
});

describe('categoryOf', () => {
  it.each([
    ['INTEGER', 'integer'],
    ['UHUGEINT', 'integer'],
    ['DECIMAL(18,2)', 'decimal'],
    ['FLOAT', 'double'],
    ['VARCHAR', 'text'],
    [`ENUM('a)', 'b[]')`, 'enum'],
    ['TIMESTAMP_NS', 'timestamp'],
    ['TIMESTAMP WITH TIME ZONE', 'timestamptz'],
    ['TIME WITH TIME ZONE', 'time'],
    ['JSON', 'json'],
    ['BLOB', 'binary'],
    ['INTEGER[]', 'nested'],
    ['DECIMAL(5,2)[3]', 'nested'],
    ['STRUCT("x" INTEGER, "y z" VARCHAR)', 'nested'],
    ['MAP(VARCHAR, INTEGER)', 'nested'],
    ['BIT', 'other'],
  ])('%s is %s', (type, category) => {
    expect(categoryOf(type)).toBe(category);
  });
});
