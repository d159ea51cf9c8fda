import { availableParallelism, totalmem } from 'node:os';
import { parse, resolve } from 'node:path';
import { nearest } from '../../platform/text/index.js';
import { WarehouseUrlInvalid } from '../warehouse.errors.js';

/** One DuckDB warehouse: a main catalog, more catalogs beside it, and what the engine may use up. */
export interface DuckDbConfig {
  /** A DuckDB file, or Parquet, CSV or JSON files (`data/*.parquet`), or `:memory:` (read-write, empty). */
  main: { path: string; name: string };
  /** As `main`, under a name of their own. */
  attach: readonly { name: string; path: string }[];
  /** IANA name; the session's zone. */
  timeZone: string;
  memoryLimitMb: number;
  /** Default: the engine's, one a core. */
  threads?: number;
  /** How much a group-by or sort that outgrows the memory may write to a private temporary directory. */
  maxTempDirectoryMb: number;
  /** How long the engine may take to obey an interrupt before its process is killed. */
  killGraceMs: number;
}

export const inMemory = ':memory:';

/** The engine's own catalogs. `memory` is the one it starts with, so only what lies in memory may have that name. */
const reservedNames = ['system', 'temp'];
const reservedForMemory = 'memory';

export type DataFileReader = 'read_parquet' | 'read_csv' | 'read_json';

const readers: Readonly<Record<string, DataFileReader>> = {
  '.parquet': 'read_parquet',
  '.csv': 'read_csv',
  '.tsv': 'read_csv',
  '.json': 'read_json',
  '.ndjson': 'read_json',
};

/** The engine function that reads a data file; undefined for a DuckDB file. */
export function dataFileReader(path: string): DataFileReader | undefined {
  return readers[parse(path).ext.toLowerCase()];
}

/** Data files are views in memory; only a DuckDB file is a catalog on disk. */
export function isInMemory(path: string): boolean {
  return path === inMemory || dataFileReader(path) !== undefined;
}

/**
 * Reads `duckdb:PATH?attach=NAME=PATH&attach=…`; relative paths start at `baseDirectory`.
 * @throws WarehouseUrlInvalid
 */
export function parseDuckDbUrl(url: string, baseDirectory: string = process.cwd()): DuckDbConfig {
  const match = /^duckdb:([^?]*)(?:\?(.*))?$/s.exec(url);
  if (!match) throw new WarehouseUrlInvalid(`not a DuckDB URL: ${url}; write duckdb:PATH`);
  const main = catalogOf(decode(match[1] ?? '', 'PATH'), baseDirectory);
  const attach = attachments(match[2] ?? '', baseDirectory);
  refuseCollisions([main, ...attach]);
  return {
    main,
    attach,
    timeZone: 'UTC',
    memoryLimitMb: defaultMemoryLimitMb(),
    threads: availableParallelism(),
    maxTempDirectoryMb: 4096,
    killGraceMs: 1000,
  };
}

function catalogOf(path: string, baseDirectory: string): { path: string; name: string } {
  if (path === '') throw new WarehouseUrlInvalid('the DuckDB URL names no file; write duckdb:PATH');
  if (path === inMemory) return { path, name: 'memory' };
  return { path: resolve(baseDirectory, path), name: nameOf(path) };
}

/** The file's stem; of a glob, whose stem says nothing, the directory's name. */
function nameOf(path: string): string {
  const { name, dir } = parse(path);
  if (!isGlob(name) || !dataFileReader(path)) return name;
  const directory = parse(dir).base;
  return directory !== '' && !isGlob(directory) ? directory : 'files';
}

function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

function attachments(query: string, baseDirectory: string): { name: string; path: string }[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [key = '', ...rest] = pair.split('=');
      if (key !== 'attach') throw unknownParameter(key);
      const [name = '', ...path] = decode(rest.join('='), 'attach').split('=');
      if (name === '' || path.length === 0 || path.join('=') === '')
        throw new WarehouseUrlInvalid(`attach=${rest.join('=')} lacks a part; write attach=NAME=PATH`);
      return { name, path: catalogOf(path.join('='), baseDirectory).path };
    });
}

function unknownParameter(key: string): WarehouseUrlInvalid {
  const meant = nearest(key, ['attach']);
  return new WarehouseUrlInvalid(
    `a DuckDB URL has no parameter '${key}'; ${meant ? `did you mean '${meant}'?` : 'it may have attach=NAME=PATH'}`,
    { parameter: key },
  );
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WarehouseUrlInvalid(
      `${part} of the DuckDB URL is not percent-encoded as it should be: ${text}`,
    );
  }
}

/** Checked again when a configuration does not come from a URL. @throws WarehouseUrlInvalid */
export function refuseCollisions(catalogs: readonly { path: string; name: string }[]): void {
  const names = new Map<string, string>();
  const paths = new Map<string, string>();
  for (const { name, path } of catalogs) {
    const folded = name.toLowerCase();
    if (reservedNames.includes(folded) || (folded === reservedForMemory && !isInMemory(path)))
      throw new WarehouseUrlInvalid(
        `DuckDB keeps the catalog name '${name}' for itself; rename ${path}, or attach it under another name`,
      );
    const other = names.get(folded);
    if (other !== undefined)
      throw new WarehouseUrlInvalid(
        `two catalogs would both be named '${name}', ${other} and ${path}; give one another attach name`,
      );
    names.set(folded, path);
    const same = path === inMemory ? undefined : paths.get(path);
    if (same !== undefined)
      throw new WarehouseUrlInvalid(`${path} is given twice, as '${same}' and as '${name}'; leave one out`);
    paths.set(path, name);
  }
}

/** Half of what the machine or container has: the engine is not alone on it. */
function defaultMemoryLimitMb(): number {
  const constrained = process.constrainedMemory();
  const total = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.round(Math.min(8192, Math.max(512, total / 2 / 2 ** 20)));
}
