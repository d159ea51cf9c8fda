// The NovaMart suite as somebody would write it by hand: the least that the engine has to do for these verdicts.
import { DuckDBInstance } from '@duckdb/node-api';
import { fileURLToPath } from 'node:url';
import { analyticsFile } from './paths.mjs';

const table = 'analytics.facts.revenue_hourly';

export const floorStatements = [
  `SELECT COUNT(*),
          COUNT(*) FILTER (WHERE gmv < net_revenue),
          COUNT(refund_rate), COUNT(*) FILTER (WHERE refund_rate NOT BETWEEN 0 AND 1),
          MIN(refund_rate), MAX(refund_rate),
          COUNT(currency_normalized)
   FROM ${table}`,
  `SELECT COUNT(*) FROM ${table} WHERE ABS(order_total - payment_total) > 0.01 AND refund_amount = 0`,
  `SELECT COUNT(*) FROM (SELECT order_id, COUNT(*) c FROM ${table} GROUP BY order_id HAVING c > 1)`,
];

export async function openFloor() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`ATTACH '${analyticsFile.replaceAll("'", "''")}' AS analytics (READ_ONLY)`);
  return {
    async run() {
      for (const sql of floorStatements) await connection.runAndReadAll(sql);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

// Started as a program: one cold run, for comparing whole processes.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const floor = await openFloor();
  await floor.run();
  floor.close();
}
