import { describe, expect, it } from 'vitest';
import { tokenize } from './sql-lexer.js';
import { refuseUnparsed } from './text-limits.js';

const tokens: [sql: string, kinds: string][] = [
  ["SELECT 'a''b' FROM t", 'word string word word'],
  ["E'a\\'b' x", 'string word'],
  ["'a\\' x", 'string word'],
  ["$$a'$b$$ $x$ $$ $x$ y", 'string string word'],
  ['1$$a$$', 'word string'],
  ['a$b$c', 'word'],
  ['"a""b" U&"c" U&\'d\'', 'quoted quoted string'],
  ['/* a /* b */ c */ d -- e\nf', 'word word'],
  ["'open", 'string'],
  ['/* open', ''],
  ['$1', 'symbol word'],
];

describe('tokenize', () => {
  it.each(tokens)('%s', (sql, kinds) => {
    expect(
      tokenize(sql)
        .map((t) => t.kind)
        .join(' '),
    ).toBe(kinds);
  });

  it('gives tokens that are the text at their offsets', () => {
    const sql = 'SELECT "ä" /* x */ , \'é\' FROM t;';
    for (const token of tokenize(sql)) expect(sql.slice(token.start, token.end)).toBe(token.text);
  });
});

describe('refuseUnparsed', () => {
  it.each([
    ['a long list', `SELECT 1 IN (${Array.from({ length: 9_000 }, (_, i) => i).join(',')})`],
    ['many conditions', `SELECT 1 WHERE ${'a = 1 OR '.repeat(5_000)} b`],
    ['a few hundred joins', `SELECT * FROM t${' JOIN u ON a = b AND c = d'.repeat(300)}`],
    ['parentheses in a string', `SELECT '${'('.repeat(20_000)}'`],
    ['parentheses in a comment', `SELECT 1 /* ${'('.repeat(20_000)} */`],
  ])('lets %s pass', (_title, sql) => {
    expect(refuseUnparsed(sql)).toBeUndefined();
  });

  it.each([
    ['behind a dollar that is no quote', `SELECT a$b$, ${'('.repeat(1_500)}`],
    ['behind a nested comment', `/* /* */ ' */ SELECT ${'('.repeat(1_500)} '`],
    ['behind an escaped quote', `SELECT E'\\'', ${'('.repeat(1_500)}`],
    ['behind a number', `SELECT 1$$)$$ ${'('.repeat(1_500)}`],
  ])('sees parentheses %s', (_title, sql) => {
    expect(refuseUnparsed(sql)).toMatch(/nested too deeply/);
  });
});
