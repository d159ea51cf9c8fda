/** What the parsed text of one statement says; the same shape for every engine. */
export interface StatementVerdict {
  /** Why the allow-list refuses it, every reason once; empty when it may run. */
  refusals: string[];
  /** The rows behind a plain `SELECT COUNT(*) FROM …`; null when the statement does something else. */
  countedRows: string | null;
}

export function refused(...refusals: string[]): StatementVerdict {
  return { refusals: [...new Set(refusals)], countedRows: null };
}
