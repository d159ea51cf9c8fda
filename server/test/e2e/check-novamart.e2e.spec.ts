import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runAssay } from '../support/assay.js';
import { brokenCopy, inTemporaryDirectory, suiteFile, worldFile } from '../support/worlds.js';

const suite = suiteFile('novamart/revenue_fact_validation.json');
const table = 'analytics.facts.revenue_hourly';

interface Validation {
  success: boolean;
  outcome: string;
  statistics: Record<string, number>;
  results: {
    success: boolean;
    outcome: string;
    result: Record<string, unknown> & { partial_unexpected_list?: unknown[] };
    exception_info: { raised_exception: boolean; exception_message: string | null };
    meta: {
      sql: string;
      says: string;
      failing_rows?: { total: number; rows: Record<string, unknown>[]; sql: string };
    };
  }[];
  meta: { data_queries: number; one_snapshot: boolean; statements: { reads_data: boolean }[] };
}

describe('assay check on NovaMart', () => {
  it('prints the verdict of the user’s text', async () => {
    const run = await runAssay([
      'check',
      suite,
      '--warehouse',
      `duckdb:${worldFile('novamart', 'analytics')}`,
    ]);
    expect(run.stdout).toBe(
      [
        'Suite: revenue_fact_validation',
        'Status: PASSED (5/5)',
        '[PASS] GMV >= Net Revenue: all 2,847,312 rows valid',
        '[PASS] Refund rate range: all values in [0, 0.87]',
        '[PASS] Currency normalized: 0 nulls',
        '[PASS] Order-payment match: 0 mismatches (excluding refunds)',
        '[PASS] Duplicate orders: 0 duplicates found',
        '',
      ].join('\n'),
    );
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
  });

  it('judges it in three data queries over one snapshot', async () => {
    const run = await runAssay([
      'check',
      suite,
      '--warehouse',
      `duckdb:${worldFile('novamart', 'analytics')}`,
      '--json',
    ]);
    const { meta, statistics } = run.json<Validation>();
    expect(meta).toMatchObject({ data_queries: 3, one_snapshot: true });
    expect(statistics).toEqual({
      evaluated_expectations: 5,
      successful_expectations: 5,
      unsuccessful_expectations: 0,
      success_percent: 100,
    });
  });

  it('names exactly the broken rows of a copy, one of each kind', async () => {
    await inTemporaryDirectory(async (directory) => {
      const nth = (n: number): string =>
        `(SELECT order_id FROM ${table} WHERE refund_amount = 0 ORDER BY order_id LIMIT 1 OFFSET ${n})`;
      const warehouse = await brokenCopy(
        directory,
        'novamart',
        'analytics',
        `CREATE TABLE broken AS SELECT 'pair' AS kind, ${nth(100)} AS id UNION ALL SELECT 'range', ${nth(200)}
           UNION ALL SELECT 'null', ${nth(300)} UNION ALL SELECT 'match', ${nth(400)} UNION ALL SELECT 'twice', ${nth(500)}`,
        `UPDATE ${table} SET gmv = net_revenue - 0.01 WHERE order_id = (SELECT id FROM broken WHERE kind = 'pair')`,
        `UPDATE ${table} SET refund_rate = 1.5 WHERE order_id = (SELECT id FROM broken WHERE kind = 'range')`,
        `UPDATE ${table} SET currency_normalized = NULL WHERE order_id = (SELECT id FROM broken WHERE kind = 'null')`,
        `UPDATE ${table} SET payment_total = order_total + 0.02 WHERE order_id = (SELECT id FROM broken WHERE kind = 'match')`,
        `INSERT INTO ${table} SELECT * FROM ${table} WHERE order_id = (SELECT id FROM broken WHERE kind = 'twice')`,
      );
      const broken = await runAssay([
        'check',
        await brokenIdsSuite(directory),
        '--warehouse',
        warehouse,
        '--json',
        '--result-format',
        'COMPLETE',
      ]);
      const ids = broken.json<Validation>().results[0]?.meta.failing_rows?.rows as {
        kind: string;
        id: unknown;
      }[];
      const idOf = Object.fromEntries(ids.map(({ kind, id }) => [kind, id]));

      const run = await runAssay(['check', suite, '--warehouse', warehouse, '--json']);
      const { results, outcome, success } = run.json<Validation>();
      expect(run.code).toBe(1);
      expect({ outcome, success }).toEqual({ outcome: 'failed', success: false });
      expect(results.map((r) => r.meta.failing_rows?.rows.map((row) => row['order_id']))).toEqual([
        [idOf['pair']],
        [idOf['range']],
        [idOf['null']],
        [idOf['match']],
        [idOf['twice']],
      ]);
      expect(results[0]?.meta.failing_rows?.rows[0]).toHaveProperty('channel');

      const readable = await runAssay(['check', suite, '--warehouse', warehouse]);
      expect(readable.stdout).toContain('Status: FAILED (0/5)');
      for (const id of Object.values(idOf)) expect(readable.stdout).toContain(String(id));
    });
  });
});

/** Reads the table `broken` of the copy through Assay itself. */
async function brokenIdsSuite(directory: string): Promise<string> {
  const file = `${directory}/ids.json`;
  const expectation = {
    type: 'custom_sql_expectation',
    kwargs: { sql: 'SELECT COUNT(*) FROM analytics.main.broken', expected_value: 0 },
  };
  await writeFile(file, JSON.stringify({ name: 'ids', expectations: [expectation] }));
  return file;
}
