import { tokenize, type SqlToken } from './sql-lexer.js';

/** DuckDB reads these as blanks, Postgres as letters; the lexer does as Postgres does. */
const unicodeSpaces = /[\u0085\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]/;

/**
 * Whether the text, put between parentheses on lines of their own, is one balanced piece: it never closes the outer
 * one, leaves no string, name or comment open and has no semicolon. Where versions of an engine read a text
 * differently, the answer is false.
 */
export function staysInParentheses(text: string, engine: 'postgres' | 'duckdb'): boolean {
  if (text.includes('\0')) return false;
  const tokens = tokenize(`${text}\n)`);
  // What is left open swallows the closing parenthesis.
  const last = tokens.pop();
  if (last?.kind !== 'symbol' || last.text !== ')' || last.start !== text.length + 1) return false;
  let depth = 0;
  for (const token of tokens) {
    if (isReadDifferently(token, text, engine)) return false;
    if (token.kind !== 'symbol') continue;
    if (token.text === ';') return false;
    if (token.text === '(') depth++;
    if (token.text === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

function isReadDifferently(token: SqlToken, text: string, engine: 'postgres' | 'duckdb'): boolean {
  const isDollarQuoted = token.kind === 'string' && token.text.startsWith('$');
  if (token.kind !== 'word' && !isDollarQuoted) return false;
  if (engine === 'duckdb' && unicodeSpaces.test(token.text)) return true;
  // `1e'…'` and `1a$$`: older lexers end the number before the letter, which then is a part of what follows.
  return /^\d/.test(token.text) && /^['"$]/.test(text.slice(token.end, token.end + 1));
}
