// @ts-check
import { DuckDBInstance } from '@duckdb/node-api';
import { closeSync, openSync, readSync } from 'node:fs';
import { toEngineError } from './duckdb-child-errors.js';

/** @import { DuckDBConnection } from '@duckdb/node-api' */
/** @import { DuckDbOpening } from './duckdb-protocol.js' */

/** The catalog that DuckDB starts with when it opens no file; the name cannot be chosen. */
const baseCatalog = 'memory';

/**
 * Opens all catalogs and then locks the door. The order matters: with external access off at the start ATTACH is
 * refused, and after the lock nothing can be set.
 *
 * @param {DuckDbOpening} opening
 * @returns {Promise<DuckDBInstance>}
 */
export async function openWarehouse(opening) {
  // Errors then come with their type and position as fields, not only as text.
  const instance = await DuckDBInstance.create(':memory:', { errors_as_json: 'true' });
  const connection = await instance.connect();
  for (const catalog of opening.catalogs) await attach(connection, catalog);
  const files = await createViews(connection, opening);
  await harden(connection, opening, files);
  connection.closeSync();
  return instance;
}

/**
 * @param {DuckDBConnection} connection
 * @param {{ name: string, path: string | null }} catalog
 */
async function attach(connection, { name, path }) {
  if (path === null && name.toLowerCase() === baseCatalog) return;
  if (path === null) {
    await connection.run(`ATTACH ':memory:' AS ${quoteIdentifier(name)}`);
    return;
  }
  refuseUnreadable(path);
  try {
    await connection.run(`ATTACH ${quoteText(path)} AS ${quoteIdentifier(name)} (READ_ONLY)`);
  } catch (error) {
    const { kind, message, details } = toEngineError(error);
    throw new OpenError(kind, `DuckDB cannot open ${path}: ${message.trim()}\n${attachHint}`, details);
  }
}

const attachHint =
  'if another process has the file open for writing, let it finish; if a newer DuckDB wrote it, ' +
  'export it for this version (EXPORT DATABASE, or the STORAGE_VERSION option of ATTACH)';

/** The engine names all of these `IO`, so the file itself is asked. @param {string} path */
function refuseUnreadable(path) {
  const header = Buffer.alloc(12);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, header, 0, 12, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code;
    throw new OpenError('IO', whyUnreadable[code ?? '']?.(path) ?? `${path} cannot be read: ${code}`);
  }
  if (header.toString('latin1', 8, 12) !== 'DUCK')
    throw new OpenError(
      'IO',
      `${path} is not a DuckDB file; give a DuckDB file, or a .parquet, .csv, .tsv, .json or .ndjson file`,
    );
}

/** @type {Record<string, (path: string) => string>} */
const whyUnreadable = {
  ENOENT: (path) => `there is no file ${path}; check the path, files are opened and never created`,
  ENOTDIR: (path) => `there is no file ${path}; check the path, a part of it is a file and not a directory`,
  EISDIR: (path) => `${path} is a directory; name a file, or files as in ${path}/*.parquet`,
  EACCES: (path) => `${path} may not be read by this user; give it read permission`,
};

/**
 * @param {DuckDBConnection} connection
 * @param {DuckDbOpening} opening
 * @returns {Promise<string[]>} the files that the views read
 */
async function createViews(connection, { views }) {
  /** @type {string[]} */
  const allFiles = [];
  for (const { catalog, name, path, reader } of views) {
    const files = await filesOf(connection, path);
    // A list, not the glob: after the lock only the files themselves may be read, and a glob lists a directory.
    const list = files.map(quoteText).join(', ');
    try {
      await connection.run(
        `CREATE VIEW ${quoteIdentifier(catalog)}.main.${quoteIdentifier(name)} AS SELECT * FROM ${reader}([${list}])`,
      );
    } catch (error) {
      const { kind, message, details } = toEngineError(error);
      throw new OpenError(kind, `DuckDB cannot read ${path}: ${message.trim()}`, details);
    }
    allFiles.push(...files);
  }
  return allFiles;
}

/**
 * @param {DuckDBConnection} connection
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function filesOf(connection, path) {
  const found = await connection.runAndReadAll('SELECT file FROM glob($1) ORDER BY file', [path]);
  const files = found.getRows().map(([file]) => String(file));
  if (files.length === 0)
    throw new OpenError('IO', `there is no file ${path}; check the path, files are opened and never created`);
  return files;
}

/**
 * @param {DuckDBConnection} connection
 * @param {DuckDbOpening} opening
 * @param {readonly string[]} files
 */
async function harden(connection, opening, files) {
  const settings = [
    `SET GLOBAL TimeZone = ${quoteText(opening.timeZone)}`,
    `SET GLOBAL memory_limit = '${opening.memoryLimitMb}MiB'`,
    ...(opening.threads === undefined ? [] : [`SET GLOBAL threads = ${opening.threads}`]),
    `SET GLOBAL temp_directory = ${quoteText(opening.temporaryDirectory)}`,
    `SET GLOBAL max_temp_directory_size = '${opening.maxTempDirectoryMb}MiB'`,
    'SET GLOBAL autoinstall_known_extensions = false',
    'SET GLOBAL autoload_known_extensions = false',
    'SET GLOBAL allow_community_extensions = false',
    'SET GLOBAL allow_persistent_secrets = false',
    `SET GLOBAL allowed_paths = [${files.map(quoteText).join(', ')}]`,
    'SET GLOBAL enable_external_access = false',
    'SET GLOBAL lock_configuration = true',
  ];
  for (const setting of settings) await connection.run(setting);
}

/** Why the warehouse cannot be opened, in the shape in which the parent gets it. */
export class OpenError extends Error {
  /**
   * @param {string} kind
   * @param {string} message
   * @param {Record<string, string>} [details]
   */
  constructor(kind, message, details = {}) {
    super(message);
    this.kind = kind;
    this.details = details;
  }
}

/** @param {string} text */
export function quoteText(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

/** @param {string} name */
export function quoteIdentifier(name) {
  return `"${name.replaceAll('"', '""')}"`;
}
