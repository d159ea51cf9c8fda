import type { BoundValue } from '../sql/index.js';
import type { SqlValue } from '../warehouse-adapter.js';
import type { DataFileReader } from './duckdb-config.js';

/** What is said between us and the child process. Everything here is plain data. */

/** All that the child needs to open the warehouse and to lock it. */
export interface DuckDbOpening {
  /** In the order of attachment; a null path is a catalog in memory. */
  catalogs: readonly { name: string; path: string | null }[];
  /** Data files as views; the path may be a glob. */
  views: readonly { catalog: string; name: string; path: string; reader: DataFileReader }[];
  mainCatalog: string;
  timeZone: string;
  memoryLimitMb: number;
  threads?: number;
  temporaryDirectory: string;
  maxTempDirectoryMb: number;
}

/** `read` allows one SELECT; `write`, only for a warehouse in memory, DDL and DML too; `explain` runs nothing. */
export type StatementMode = 'read' | 'write' | 'explain';

export interface RunRequest {
  sql: string;
  parameters: readonly BoundValue[];
  mode: StatementMode;
  maxRows: number;
  maxBytes: number;
}

export type ToChild =
  | { type: 'open'; opening: DuckDbOpening }
  | ({ type: 'run'; id: number } & RunRequest)
  | { type: 'cancel'; id: number }
  /** One batch was taken; the child keeps only a few on their way. */
  | { type: 'acknowledge'; id: number };

/** The engine's error in its structured form (`errors_as_json`); `kind` is DuckDB's exception type. */
export interface EngineError {
  kind: string;
  message: string;
  details: Record<string, string>;
}

export type FromChild = { type: 'opened' } | { type: 'open-failed'; error: EngineError } | StatementMessage;

export type StatementMessage =
  | { type: 'columns'; id: number; columns: readonly { name: string; type: string }[] }
  /** Values column by column: cheaper to send and to build than rows. */
  | { type: 'batch'; id: number; rowCount: number; columns: readonly (readonly SqlValue[])[] }
  | { type: 'end'; id: number; truncated: boolean }
  | { type: 'failed'; id: number; error: EngineError };
