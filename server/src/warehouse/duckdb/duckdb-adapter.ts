import { inspectDuckDbStatement, refuseUnparsed } from '../../sql/index.js';
import type { Statement } from '../sql/index.js';
import type {
  QueryOptions,
  QueryResult,
  ResultColumn,
  Row,
  Snapshot,
  SqlValue,
  StatementInspection,
  TableDescription,
  TableName,
  WarehouseAdapter,
} from '../warehouse-adapter.js';
import { duckDbCapabilities } from './duckdb-capabilities.js';
import { refuseCollisions, type DuckDbConfig } from './duckdb-config.js';
import { duckDbDialect } from './duckdb-dialect.js';
import { DuckDbDriver } from './duckdb-driver.js';
import { DuckDbIntrospector, textOf } from './duckdb-introspector.js';
import { cannotChange, isWritable } from './duckdb-opening.js';
import type { RunRequest, StatementMode } from './duckdb-protocol.js';

/** Reading the text of one statement takes milliseconds. */
const inspectionTimeoutMs = 10_000;

/** DuckDB in a child process. Opens nothing until the first call. @throws WarehouseUrlInvalid on colliding names */
export class DuckDbAdapter implements WarehouseAdapter {
  readonly engine = 'duckdb';
  readonly dialect = duckDbDialect;
  readonly capabilities = duckDbCapabilities;
  private readonly driver: DuckDbDriver;
  private readonly introspector: DuckDbIntrospector;

  constructor(private readonly config: DuckDbConfig) {
    refuseCollisions([config.main, ...config.attach]);
    this.driver = new DuckDbDriver(config);
    this.introspector = new DuckDbIntrospector(this, config.main.name);
  }

  async ping(options?: QueryOptions): Promise<void> {
    await this.query({ sql: 'SELECT 1', parameters: [], origin: 'catalog' }, options);
  }

  async query(statement: Statement, options: QueryOptions = {}): Promise<QueryResult> {
    return this.collect(this.request(statement, options), options);
  }

  async *stream(statement: Statement, options: QueryOptions = {}): AsyncGenerator<readonly Row[]> {
    for await (const event of this.driver.run(this.request(statement, options), options)) {
      if (event.type === 'batch') yield toRows(event.columns, event.rowCount);
    }
  }

  /** A file opened read-only cannot change under its process, so the snapshot is that process's life. */
  async snapshot(options?: QueryOptions): Promise<Snapshot> {
    await this.ping(options);
    const process = await this.driver.process();
    const isFixed = cannotChange(this.config);
    return {
      query: (statement, options) => this.query(statement, options),
      stream: (statement, options) => this.stream(statement, options),
      get consistent() {
        return isFixed && process.isAlive;
      },
      close: () => Promise.resolve(),
    };
  }

  async explain(statement: Statement, options: QueryOptions = {}): Promise<string> {
    const request = { ...this.request(statement, options), mode: 'explain' as const };
    const { rows } = await this.collect(request, options);
    return rows.map((row) => textOf(row.at(-1))).join('\n');
  }

  describeTable(name: TableName, options?: QueryOptions): Promise<TableDescription | undefined> {
    return this.introspector.describeTable(name, options);
  }

  listTables(options?: QueryOptions): Promise<readonly TableName[]> {
    return this.introspector.listTables(options);
  }

  async inspect(
    sql: string,
    { timeoutMs = Infinity, signal }: QueryOptions = {},
  ): Promise<StatementInspection> {
    const unparsed = refuseUnparsed(sql);
    if (unparsed !== undefined) return { refusals: [unparsed], countedRows: null };
    const { rows } = await this.query(
      { sql: 'SELECT json_serialize_sql(CAST($1 AS VARCHAR))', parameters: [sql], origin: 'catalog' },
      { timeoutMs: Math.min(timeoutMs, inspectionTimeoutMs), ...(signal && { signal }) },
    );
    return inspectDuckDbStatement(JSON.parse(textOf(rows[0]?.[0])), sql);
  }

  close(): Promise<void> {
    return this.driver.close();
  }

  private async collect(request: RunRequest, options: QueryOptions): Promise<QueryResult> {
    let columns: readonly ResultColumn[] = [];
    let rows: Row[] = [];
    let truncated = false;
    for await (const event of this.driver.run(request, options)) {
      switch (event.type) {
        case 'columns':
          columns = event.columns;
          rows = [];
          break;
        case 'batch':
          for (const row of toRows(event.columns, event.rowCount)) rows.push(row);
          break;
        case 'end':
          truncated = event.truncated;
      }
    }
    return { columns, rows, truncated };
  }

  private request(statement: Statement, options: QueryOptions): RunRequest {
    return {
      sql: statement.sql,
      parameters: statement.parameters,
      mode: this.modeOf(statement),
      maxRows: options.maxRows ?? Infinity,
      maxBytes: options.maxBytes ?? Infinity,
    };
  }

  private modeOf(statement: Statement): StatementMode {
    return isWritable(this.config) && statement.origin === 'plan' ? 'write' : 'read';
  }
}

function toRows(columns: readonly (readonly SqlValue[])[], rowCount: number): Row[] {
  return Array.from({ length: rowCount }, (_, row) => columns.map((values) => values[row] ?? null));
}
