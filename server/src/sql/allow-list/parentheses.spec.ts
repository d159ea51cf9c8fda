import { describe, expect, it } from 'vitest';
import { staysInParentheses } from './parentheses.js';

const both: [text: string, stays: boolean][] = [
  ['a > 1', true],
  ['(a > 1) or (b < 2)', true],
  ["a in (')', '(', '')", true],
  ["a = 'it''s)'", true],
  ["a = E'it\\'s)'", true],
  ["a = E'a'\n'\\')'", true],
  ["a = E'a' -- b\n  -- c\n'\\')'", true],
  ['")" = 1', true],
  ['"a"")" = 1', true],
  ['a = $$)$$ and b = $x$)$$;$x$', true],
  ['a /* ) /* ) */ ; */ > 1', true],
  ['a > 1 -- )', true],
  ["a = ';'", true],
  ['1=1) WINDOW w AS (', false],
  ['1=1) or (1=1', false],
  ['a)', false],
  ['(a', false],
  ['a) --', false],
  ['a -- (\n)', false],
  ['a /* ( /* */ ) */ ) or (b', false],
  ['x[1) or (y]', false],
  ['a; b', false],
  ['(a; b)', false],
  ["a = 'b", false],
  ["a = 'b''", false],
  ["a = E'b\\'", false],
  ['"a', false],
  ['a = $$b', false],
  ['a = $x$b$$', false],
  ['a /* b', false],
  ['a /* /* b */', false],
  ["'\\') or ('a", false],
  ["a = E''\n'\\'' ) or (1=1 and '' = ''", false],
  ["1E'\\'' ) or (1=1 or ''=''", false],
  ['1a$$ ) or (1=1 or b = a$$', false],
  ['a\0', false],
];

describe.each(['postgres', 'duckdb'] as const)('staysInParentheses for %s', (engine) => {
  it.each(both)('%j: %s', (text, stays) => {
    expect(staysInParentheses(text, engine)).toBe(stays);
  });
});

it('takes a Unicode space outside of texts for a letter in Postgres, and does not judge it in DuckDB', () => {
  const text = "a\u00a0E'\\') or ('b'";
  expect(staysInParentheses(text, 'duckdb')).toBe(false);
  expect(staysInParentheses("a = '\u00a0'", 'duckdb')).toBe(true);
  expect(staysInParentheses('a\u00a0b = 1', 'postgres')).toBe(true);
});
