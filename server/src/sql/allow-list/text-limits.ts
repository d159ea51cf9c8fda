import { tokenize, type SqlToken } from './sql-lexer.js';

export const maxStatementCharacters = 100_000;

/**
 * Of the estimate below. The WASM parser keeps its state when V8's stack overflows inside it and hangs or misreads
 * afterwards, so a text that could come near is not given to it; it was seen to hold at four times this depth.
 */
export const maxStatementDepth = 1_000;

/**
 * Why the text must not even be parsed; nothing when it may be. To be asked before any parser sees the text,
 * the engine's own included.
 */
export function refuseUnparsed(sql: string): string | undefined {
  if (sql.length > maxStatementCharacters) {
    return `the statement has ${sql.length} characters; at most ${maxStatementCharacters} are allowed`;
  }
  // Parsers written in C stop there, while the wire carries the rest.
  if (sql.includes('\0')) return 'the statement contains a NUL character; remove it';
  const tokens = tokenize(sql);
  if (tokens.every((t) => t.text === ';')) {
    return 'the statement is empty; write one SELECT';
  }
  if (estimateDepth(tokens) > maxStatementDepth) {
    return 'the statement is nested too deeply; split it into common table expressions (WITH …)';
  }
  return undefined;
}

interface Level {
  /** Tokens since the last separator: each may wrap what stood before it (`1 + 1 + 1`, `NOT NOT a`). */
  run: number;
  /** Joins and set operations are trees that lean left, however many separators stand between them. */
  leaning: number;
}

const opening = new Set(['(', '[', '{', 'CASE']);
const closing = new Set([')', ']', '}', 'END']);
/** What stands on both sides of these are siblings. */
const separating = new Set([',', ';', 'AND', 'OR', 'WHEN', 'THEN', 'ELSE']);
const leaning = new Set(['JOIN', 'UNION', 'EXCEPT', 'INTERSECT']);

/** An upper bound of the depth of the parsed tree, from the tokens alone. */
function estimateDepth(tokens: readonly SqlToken[]): number {
  const levels: Level[] = [{ run: 0, leaning: 0 }];
  let total = 0;
  let deepest = 0;
  const add = (amount: number) => {
    total += amount;
    deepest = Math.max(deepest, total);
  };
  for (const token of tokens) {
    const level = levels.at(-1)!;
    const text = token.kind === 'word' ? token.text.toUpperCase() : token.text;
    if (token.kind === 'string' || token.kind === 'quoted') {
      level.run++;
      add(1);
    } else if (separating.has(text)) {
      total -= level.run;
      level.run = 0;
    } else {
      if (leaning.has(text)) level.leaning++;
      else level.run++;
      add(1);
      if (opening.has(text)) {
        levels.push({ run: 0, leaning: 0 });
      } else if (closing.has(text) && levels.length > 1) {
        total -= level.run + level.leaning;
        levels.pop();
      }
    }
  }
  return deepest;
}
