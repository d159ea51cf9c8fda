import type { QueryResult, ResultColumn, Row } from '../warehouse-adapter.js';
import type { Batch } from './postgres-driver.js';

export async function collect(batches: AsyncIterable<Batch>): Promise<QueryResult> {
  let columns: readonly ResultColumn[] = [];
  const rows: Row[] = [];
  let isTruncated = false;
  for await (const batch of batches) {
    columns = batch.columns;
    for (const row of batch.rows) rows.push(row);
    isTruncated = batch.truncated;
  }
  return { columns, rows, truncated: isTruncated };
}
