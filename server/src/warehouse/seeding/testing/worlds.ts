import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance, type DuckDBConnection, type Json } from '@duckdb/node-api';
import type { WorldManifest } from '../index.js';

export const seedsDirectory = fileURLToPath(new URL('../../../../../seeds', import.meta.url));

export async function inTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'assay-worlds-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A built world, opened read-only for a test's own SQL. */
export class OpenWorld {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(world: WorldManifest, directory: string): Promise<OpenWorld> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    for (const [name, file] of Object.entries(world.catalogs))
      await connection.run(`ATTACH '${join(directory, file)}' AS "${name}" (READ_ONLY)`);
    await connection.run(`USE "${world.main}"`);
    return new OpenWorld(instance, connection);
  }

  /** Rows as JSON gives them: decimals and wide integers are text. */
  async rows(sql: string): Promise<Record<string, Json>[]> {
    return (await this.connection.runAndReadAll(sql)).getRowObjectsJson();
  }

  /** The only row. */
  async row(sql: string): Promise<Record<string, Json>> {
    const rows = await this.rows(sql);
    if (rows.length !== 1 || !rows[0]) throw new Error(`${rows.length} rows from: ${sql}`);
    return rows[0];
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}
