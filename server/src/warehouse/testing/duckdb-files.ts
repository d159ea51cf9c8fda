import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of its own for a test's files. */
export interface TestDirectory {
  path(name: string): string;
  remove(): Promise<void>;
}

export async function createTestDirectory(): Promise<TestDirectory> {
  const directory = await mkdtemp(join(tmpdir(), 'assay-test-'));
  return {
    path: (name) => join(directory, name),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Builds a DuckDB file in this process, and closes it before it returns. */
export async function buildDuckDbFile(path: string, statements: readonly string[]): Promise<string> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  return path;
}

/** The table that the adapter contract asks for. */
export const ordersTable: readonly string[] = [
  'CREATE TABLE orders (id INTEGER PRIMARY KEY, name VARCHAR, amount DECIMAL(18,2))',
  `INSERT INTO orders VALUES (1, 'first', 10.00), (2, NULL, 20.50), (3, 'third', -3.05)`,
];
