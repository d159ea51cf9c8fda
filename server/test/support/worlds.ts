import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));
export const dataDirectory = path.join(repository, '.assay');
export const suiteFile = (name: string): string => path.join(repository, 'suites', name);

export const worldFile = (world: string, catalog: string): string =>
  path.join(dataDirectory, 'warehouse', world, `${catalog}.duckdb`);

/** A private directory that is gone after `use`. */
export async function inTemporaryDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(path.join(tmpdir(), 'assay-test-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs statements on a DuckDB file as its owner would, outside of Assay. */
export async function alterDuckDb(file: string, ...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A copy of a world's catalog under its own name, altered, so that its suites still find it. */
export async function brokenCopy(
  directory: string,
  world: string,
  catalog: string,
  ...statements: string[]
): Promise<string> {
  const copy = path.join(directory, `${catalog}.duckdb`);
  await copyFile(worldFile(world, catalog), copy);
  await alterDuckDb(copy, ...statements);
  return `duckdb:${copy}`;
}
