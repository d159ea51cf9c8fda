import { isRecord } from '../../platform/text/index.js';
import { resultFormats, type ResultFormatOption } from '../suite.js';

/** Reads the call option `result_format`, a level or an object around one. */
export function readResultFormat(written: unknown): ResultFormatOption | { reason: string } {
  const option = isRecord(written) ? written : { result_format: written };
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
