import type { StatementInspection } from '../sql/index.js';
import type { Engine } from './engine.js';
import type { SqlDialect } from './sql/sql-dialect.js';
import type { Statement } from './sql/statement.js';
import type { WarehouseCapabilities } from './warehouse-capabilities.js';

/**
 * A value as every adapter gives it, the same for all engines:
 * integers within ±2^53 are numbers, wider ones bigint; DECIMAL/NUMERIC is a string, never a float;
 * DOUBLE is a number (NaN and ±Infinity included); DATE `2025-12-01`; TIMESTAMP `2025-12-01T08:30:00[.ffffff]`;
 * TIMESTAMP WITH TIME ZONE the same in UTC with `Z`; TIME, INTERVAL and UUID the engine's text;
 * binary `\x` and hex; lists are arrays, structs and maps objects; JSON documents are text as the engine writes it.
 */
export type SqlValue =
  null | boolean | number | bigint | string | readonly SqlValue[] | { readonly [key: string]: SqlValue };

export type Row = readonly SqlValue[];

/** What a column holds, engine-free: decides how bounds and sets are compared with it. */
export type TypeCategory =
  | 'integer'
  | 'decimal'
  | 'double'
  | 'text'
  /** Values of a closed list; compared as text. */
  | 'enum'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'time'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'binary'
  | 'nested'
  | 'other';

export interface ResultColumn {
  name: string;
  /** The engine's own name of the type: `DECIMAL(18,2)`, `timestamp with time zone`. */
  type: string;
  category: TypeCategory;
}

export interface QueryResult {
  columns: readonly ResultColumn[];
  rows: readonly Row[];
  /** More rows or bytes were there than asked for; reading stopped on the engine too. */
  truncated: boolean;
}

export interface QueryOptions {
  /**
   * Counts from the call, waiting included; the statement is stopped on the engine when it passes.
   * Default: `openWarehouse` gives one, an adapter by itself none.
   */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Rows beyond are not fetched; `truncated` says so. */
  maxRows?: number;
  /** Approximate bytes of values beyond which fetching stops; `truncated` says so. */
  maxBytes?: number;
}

/** One, two or three parts, outermost first: `['analytics', 'facts', 'revenue_hourly']`. */
export type TableName = readonly string[];

export interface TableColumn {
  name: string;
  type: string;
  category: TypeCategory;
  nullable: boolean;
}

export interface TableDescription {
  /** As the engine knows it, all parts. */
  name: TableName;
  kind: 'table' | 'view';
  columns: readonly TableColumn[];
  /** Columns of the primary key, in its order; empty when none is declared. */
  primaryKey: readonly string[];
}

export type { StatementInspection };

export interface StatementRunner {
  /**
   * Runs one statement and collects its rows, up to the caps.
   * Guarantees: nothing is written; the session's zone is the configured one; on time-out or abort the engine
   * stops too, within a second, before the promise rejects or its process is killed; other statements go on.
   * Does not guarantee an order of rows that the statement does not ask for.
   * @throws QueryRejected | PermissionDenied | QueryTimedOut | QueryCancelled | ResourcesExhausted | ConnectionFailed
   */
  query(statement: Statement, options?: QueryOptions): Promise<QueryResult>;

  /** As `query`, in batches with back-pressure: memory stays flat. Leaving the loop stops the engine. */
  stream(statement: Statement, options?: QueryOptions): AsyncIterable<readonly Row[]>;
}

/** Statements that read one state of the data, where the engine has that. */
export interface Snapshot extends StatementRunner {
  /** False when the engine has no snapshots or the one we had was lost: results must then say so. */
  readonly consistent: boolean;
  close(): Promise<void>;
}

/** The seam to one configured warehouse. Read-only by construction. */
export interface WarehouseAdapter extends StatementRunner {
  readonly engine: Engine;
  readonly dialect: SqlDialect;
  readonly capabilities: WarehouseCapabilities;

  /** Connects if need be and proves that the warehouse answers. @throws ConnectionFailed */
  ping(options?: QueryOptions): Promise<void>;

  /** Statements of the snapshot may run at the same time. The caller closes it. */
  snapshot(options?: QueryOptions): Promise<Snapshot>;

  /** The engine's plan as text; runs nothing. */
  explain(statement: Statement, options?: QueryOptions): Promise<string>;

  /** Columns and key of a table or view; undefined when there is none of that name. */
  describeTable(name: TableName, options?: QueryOptions): Promise<TableDescription | undefined>;

  /** All tables and views the role can see, full names, without the engine's own. */
  listTables(options?: QueryOptions): Promise<readonly TableName[]>;

  /**
   * Parses user SQL with the engine's own grammar and judges it against the allow-list. Runs nothing of it, but may
   * ask the catalog. @throws as `query`
   */
  inspect(sql: string, options?: QueryOptions): Promise<StatementInspection>;

  /** Ends connections and processes; running statements are cancelled. Safe to call twice. */
  close(): Promise<void>;
}
