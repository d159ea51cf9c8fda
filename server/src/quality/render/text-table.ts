import { oneLine } from '../../platform/text/index.js';
import type { SqlValue } from '../../warehouse/index.js';
import { jsonValue } from '../values/json-value.js';

const widest = 32;
const lineWidth = 110;

/** Columns padded to their widest cell; those that do not fit on a line are counted instead. */
export function textTable(columns: readonly string[], rows: readonly (readonly SqlValue[])[]): string[] {
  const cells = [columns, ...rows.map((row) => row.map(cell))].map((row) =>
    row.map((text) => oneLine(text, widest)),
  );
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  let fitting = 0;
  for (let used = 0; fitting < columns.length; fitting++) {
    used += (widths[fitting] ?? 0) + 2;
    if (fitting > 0 && used > lineWidth) break;
  }
  const hidden = columns.length - fitting;
  return cells.map((row, r) => {
    const line = row
      .slice(0, fitting)
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
    return r === 0 && hidden > 0 ? `${line}  … ${hidden} more columns` : line;
  });
}

const cell = (value: SqlValue): string => {
  if (value === null) return 'NULL';
  return typeof value === 'object' ? JSON.stringify(jsonValue(value)) : String(value);
};
