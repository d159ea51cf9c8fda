import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgresServer } from '../../src/platform/postgres-server/index.js';
import { openWarehouse, type WarehouseAdapter } from '../../src/warehouse/index.js';
import { alterDuckDb } from './worlds.js';

/** A warehouse filled by the test, as its owner would fill it, that Assay then opens by URL. */
export interface TestEngine {
  url: string;
  password?: string;
  open(): Promise<WarehouseAdapter>;
  dispose(): Promise<void>;
}

export const testEngines = ['duckdb', 'postgres'] as const;

export async function startTestEngine(
  name: (typeof testEngines)[number],
  statements: readonly string[],
): Promise<TestEngine> {
  const directory = await mkdtemp(path.join(tmpdir(), 'assay-engine-'));
  const cleanUp = (): Promise<void> => rm(directory, { recursive: true, force: true });
  if (name === 'duckdb') {
    const file = path.join(directory, 'warehouse.duckdb');
    await alterDuckDb(file, ...statements);
    const url = `duckdb:${file}`;
    return { url, open: () => openWarehouse(url), dispose: cleanUp };
  }
  const server = await startPostgresServer({
    dataDirectory: path.join(directory, 'data'),
    settings: { fsync: 'off' },
  });
  const url = server.connectionUrl('postgres');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
  return {
    url,
    open: () => openWarehouse(url),
    dispose: async () => {
      await server.stop();
      await cleanUp();
    },
  };
}
