import { tokenize, type SqlToken } from './sql-lexer.js';

export interface CountProjection {
  /** The statement with `*` for its projection. */
  rows: string;
  /** Offset of the word `count`, to compare with where the parser saw it. */
  countAt: number;
}

/**
 * The text of `[WITH …] SELECT COUNT(*) [[AS] name] FROM …` with `*` in place of the projection, comments and
 * formatting kept; nothing when the text has another form. Follows the tokens exactly, so that `FROM` in a string,
 * a comment, a quoted name or after `AS` is not taken for the clause.
 */
export function findCountProjection(sql: string): CountProjection | undefined {
  const tokens = tokenize(sql);
  while (tokens.at(-1)?.text === ';') tokens.pop();
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last || !(is(first, 'SELECT') || is(first, 'WITH'))) return undefined;
  const select = mainSelect(tokens);
  if (select < 0) return undefined;
  let at = select + 1;
  if (is(tokens[at], 'ALL')) at++;
  const count = tokens[at++];
  if (count?.kind !== 'word' || !is(count, 'COUNT') || tokens[at++]?.text !== '(') return undefined;
  if (/^(\*|\d+)$/.test(tokens[at]?.text ?? '')) at++;
  if (tokens[at++]?.text !== ')') return undefined;
  if (is(tokens[at], 'AS')) at += 2;
  else if (!is(tokens[at], 'FROM')) at++;
  const from = tokens[at];
  const before = tokens[at - 1];
  if (!from || !before || !is(from, 'FROM')) return undefined;
  const head = sql.slice(0, count.start);
  return { rows: `${head}*${sql.slice(before.end, last.end)}`.trimStart(), countAt: count.start };
}

/** Index of the first SELECT outside all parentheses: those of common table expressions stand inside theirs. */
function mainSelect(tokens: readonly SqlToken[]): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    return depth === 0 && is(token, 'SELECT');
  });
}

function is(token: SqlToken | undefined, keyword: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === keyword;
}
