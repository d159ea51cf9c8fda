import { inMemory, dataFileReader, isInMemory, type DuckDbConfig } from './duckdb-config.js';
import type { DuckDbOpening } from './duckdb-protocol.js';

/** What the child is to attach and to create. */
export function openingOf(config: DuckDbConfig, temporaryDirectory: string): DuckDbOpening {
  const catalogs: { name: string; path: string | null }[] = [];
  const views: DuckDbOpening['views'][number][] = [];
  const { main } = config;
  for (const { name, path } of [main, ...config.attach]) {
    const reader = dataFileReader(path);
    // Where the main catalog is in memory, data files are tables in it, so that they need no catalog's name.
    const catalog = reader && isInMemory(main.path) ? main.name : name;
    if (!catalogs.some((known) => known.name === catalog))
      catalogs.push({ name: catalog, path: isInMemory(path) ? null : path });
    if (reader) views.push({ catalog, name, path, reader });
  }
  return {
    catalogs,
    views,
    mainCatalog: main.name,
    timeZone: config.timeZone,
    memoryLimitMb: config.memoryLimitMb,
    ...(config.threads === undefined ? {} : { threads: config.threads }),
    temporaryDirectory,
    maxTempDirectoryMb: config.maxTempDirectoryMb,
  };
}

/** Only `duckdb::memory:` may be written to, and only by us: there is nothing of anybody's in it. */
export function isWritable(config: DuckDbConfig): boolean {
  return config.main.path === inMemory;
}

/** DuckDB files opened read-only cannot change under us; Parquet, CSV and JSON files and memory can. */
export function cannotChange(config: DuckDbConfig): boolean {
  return [config.main, ...config.attach].every(({ path }) => !isInMemory(path));
}
