import type { SqlValue } from '../warehouse-adapter.js';

/**
 * Reads an array as Postgres writes it: `{1,NULL,"a \"quoted\" text",{2}}`, with bounds before it where they do not
 * start at one: `[0:1]={1,2}`. `NULL` in quotes is a text.
 */
export function parseArray(text: string, element: (text: string) => SqlValue, delimiter = ','): SqlValue[] {
  const root: SqlValue[] = [];
  const open: SqlValue[][] = [root];
  let at = text.indexOf('{');
  while (at < text.length) {
    const c = text[at]!;
    if (c === '{') {
      open.push([]);
      at++;
    } else if (c === '}') {
      const done = open.pop()!;
      open.at(-1)!.push(done);
      at++;
    } else if (c === delimiter) {
      at++;
    } else if (c === '"') {
      const [value, end] = quoted(text, at + 1);
      open.at(-1)!.push(element(value));
      at = end;
    } else {
      const end = plainEnd(text, at, delimiter);
      const value = text.slice(at, end);
      open.at(-1)!.push(value === 'NULL' ? null : element(value));
      at = end;
    }
  }
  return root[0] as SqlValue[];
}

function quoted(text: string, start: number): [value: string, end: number] {
  let value = '';
  for (let at = start; at < text.length; at++) {
    if (text[at] === '"') return [value, at + 1];
    if (text[at] === '\\') at++;
    value += text[at] ?? '';
  }
  return [value, text.length];
}

function plainEnd(text: string, start: number, delimiter: string): number {
  let at = start;
  while (at < text.length && text[at] !== delimiter && text[at] !== '}') at++;
  return at;
}
