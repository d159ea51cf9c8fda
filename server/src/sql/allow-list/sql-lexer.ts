/**
 * The tokens of PostgreSQL's lexer (DuckDB's is the same one) as far as finding one's way in a statement needs
 * them: what is a string, a quoted name or a comment, and what is not. Numbers are not told apart from words.
 */
export interface SqlToken {
  kind: 'word' | 'quoted' | 'string' | 'symbol';
  /** As written. */
  text: string;
  /** Offsets in the text, half-open. */
  start: number;
  end: number;
}

const skipped = /(?:[ \t\n\r\f\v]+|--[^\n\r]*)/y;
/** A number takes no `$`: in `1$$a$$` a string begins. */
const word = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*|[0-9][A-Za-z0-9_\u0080-\uffff]*/y;
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
/**
 * `E'…'`: a backslash escapes; `''` is a quote. Another string on a later line continues it, and is read as it is:
 * in `E'a'\n'\''` the second one contains a quote.
 */
const escapeString =
  /[eE]'(?:[^'\\]|\\[^]|''|'[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*')*'?/y;
/** `'…'` and its spellings `B'…'`, `X'…'`, `N'…'`, `U&'…'`: only `''` escapes. */
const plainString = /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'?/y;
const quotedName = /(?:[uU]&)?"(?:[^"]|"")*"?/y;

export function tokenize(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const past = skippedEnd(sql, at);
    if (past > at) {
      at = past;
      continue;
    }
    const [kind, end] = tokenAt(sql, at);
    tokens.push({ kind, text: sql.slice(at, end), start: at, end });
    at = end;
  }
  return tokens;
}

function tokenAt(sql: string, at: number): [SqlToken['kind'], number] {
  const string = match(escapeString, sql, at) ?? match(plainString, sql, at) ?? dollarQuoted(sql, at);
  if (string) return ['string', string];
  const quoted = match(quotedName, sql, at);
  if (quoted) return ['quoted', quoted];
  const plain = match(word, sql, at);
  return plain ? ['word', plain] : ['symbol', at + 1];
}

function match(pattern: RegExp, sql: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}

/** End of the white space or comment at `at`; `at` itself when there is none. */
function skippedEnd(sql: string, at: number): number {
  return sql.startsWith('/*', at) ? blockCommentEnd(sql, at) : (match(skipped, sql, at) ?? at);
}

/** Block comments nest in both engines: a second opener inside needs a second closer. */
function blockCommentEnd(sql: string, at: number): number {
  let depth = 0;
  for (let i = at; i < sql.length; i++) {
    if (sql.startsWith('/*', i)) {
      depth++;
      i++;
    } else if (sql.startsWith('*/', i)) {
      depth--;
      i++;
      if (depth === 0) return i + 1;
    }
  }
  return sql.length;
}

function dollarQuoted(sql: string, at: number): number | undefined {
  const bodyStart = match(dollarQuote, sql, at);
  if (bodyStart === undefined) return undefined;
  const close = sql.indexOf(sql.slice(at, bodyStart), bodyStart);
  return close < 0 ? sql.length : close + bodyStart - at;
}
