import type { QueryOptions } from '../warehouse-adapter.js';

type RawRow = readonly (string | null)[];

const firstRows = 50;
const mostRows = 5_000;
/** Of one step: large enough that round trips do not count, small enough that memory stays flat. */
const stepBytes = 1024 * 1024;
/** A value costs something even when it is short. */
const valueOverheadBytes = 8;

/** Keeps the caps of one statement, and sizes its reading steps by the rows seen so far. */
export class ReadLimits {
  private rowsTaken = 0;
  private bytesTaken = 0;
  private readonly maxRows: number;
  private readonly maxBytes: number;

  constructor({ maxRows = Infinity, maxBytes = Infinity }: QueryOptions) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  /** One more row than may be taken tells whether there is more. */
  nextSize(): number {
    const left = this.maxRows - this.rowsTaken + 1;
    if (this.rowsTaken === 0) return Math.min(left, firstRows);
    const rowBytes = this.bytesTaken / this.rowsTaken;
    const budget = Math.min(stepBytes, this.maxBytes - this.bytesTaken);
    const fitting = Math.ceil(budget / rowBytes) + 1;
    return Math.max(1, Math.min(left, mostRows, fitting, this.rowsTaken * 10));
  }

  take(rows: readonly RawRow[]): { kept: readonly RawRow[]; truncated: boolean } {
    let kept = 0;
    for (const row of rows) {
      const isFull = this.rowsTaken >= this.maxRows || this.bytesTaken >= this.maxBytes;
      if (isFull) return { kept: rows.slice(0, kept), truncated: true };
      this.rowsTaken++;
      this.bytesTaken += rowBytes(row);
      kept++;
    }
    return { kept: rows, truncated: false };
  }
}

function rowBytes(row: RawRow): number {
  return row.reduce((bytes, value) => bytes + (value?.length ?? 0) + valueOverheadBytes, valueOverheadBytes);
}
