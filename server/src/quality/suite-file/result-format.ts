import { resultFormats, type ResultFormat } from '../suite.js';

/** The call option `result_format`, a level or an object around one. */
export interface ResultFormatOption {
  format: ResultFormat;
  indexColumns?: readonly string[];
  /** How many values `partial_unexpected_list` holds. */
  partialCount?: number;
}

export function readResultFormat(written: unknown): ResultFormatOption | { reason: string } | undefined {
  if (written === undefined || written === null) return undefined;
  const option =
    typeof written === 'object' ? (written as Record<string, unknown>) : { result_format: written };
  const name = option['result_format'] ?? 'BASIC';
  const format = resultFormats.find((f) => f === name);
  if (!format) {
    return { reason: `unknown result format ${JSON.stringify(name)}; one of ${resultFormats.join(', ')}` };
  }
  const columns = option['unexpected_index_column_names'];
  const partial = option['partial_unexpected_count'];
  return {
    format,
    ...(Array.isArray(columns) ? { indexColumns: columns.map(String) } : {}),
    ...(typeof partial === 'number' && partial >= 0 ? { partialCount: Math.floor(partial) } : {}),
  };
}
