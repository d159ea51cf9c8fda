/** What an engine can and cannot do, as data. A comment stands where the fact surprises. */
export interface WarehouseCapabilities {
  /**
   * Whether several statements can read one state of the data.
   * DuckDB: a file opened read-only cannot change under us. Postgres: exported snapshot.
   */
  snapshot: boolean;
  /** Greatest number of bind parameters in one statement. */
  maxParameters: number;
  /** Greatest number of output columns in one SELECT. */
  maxSelectColumns: number;
  /**
   * `re2` has no look-around and no back-references; `are` (Postgres) reads `\b` as a backspace
   * and lets `.` match a newline.
   */
  regex: 're2' | 'are' | 'joni';
}
