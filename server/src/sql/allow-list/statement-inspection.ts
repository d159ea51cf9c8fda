/** What the parsed text of user SQL says, before any of it is run; the same shape for every engine. */
export interface StatementInspection {
  /** Why the allow-list refuses it, every reason once; empty when it may run. */
  refusals: readonly string[];
  /**
   * Where the statement only counts the rows of another (`SELECT COUNT(*) FROM …`), that other:
   * the rows behind the count. Null when it does something else.
   */
  countedRows: string | null;
}

export function refused(...refusals: string[]): StatementInspection {
  return { refusals: [...new Set(refusals)], countedRows: null };
}
