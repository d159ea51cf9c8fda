import { tokenize } from './sql-lexer.js';

const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE', 'COPY', 'REPLACE']);

/** The refusal for a statement that is no SELECT, by the keyword it begins with. */
export function refuseKind(keyword: string): string {
  const verb = keyword.toUpperCase();
  return changing.has(verb)
    ? `the statement changes data (${verb}); only one SELECT is allowed`
    : `the statement is ${/^[AEIOU]/.test(verb) ? 'an' : 'a'} ${verb}; only one SELECT is allowed`;
}

export function refuseCount(count: number): string {
  return `${count} statements were given; only one SELECT is allowed`;
}

/** The word each of the statements in the text begins with; empty ones between semicolons do not count. */
export function leadingKeywords(sql: string): string[] {
  const keywords: string[] = [];
  let atStart = true;
  for (const token of tokenize(sql)) {
    if (token.text === ';') atStart = true;
    else if (atStart && token.text !== '(') {
      keywords.push(token.text.toUpperCase());
      atStart = false;
    }
  }
  return keywords;
}
