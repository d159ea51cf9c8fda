import type { SqlDialect, Statement } from '../sql/index.js';
import type { WarehouseCapabilities } from '../warehouse-capabilities.js';
import type { Engine } from '../engine.js';
import type {
  QueryOptions,
  QueryResult,
  Row,
  Snapshot,
  StatementInspection,
  StatementRunner,
  TableDescription,
  TableName,
  WarehouseAdapter,
} from '../warehouse-adapter.js';

/** What a wrapper does to statements; everything else passes through, snapshots included. */
export interface RunnerWrapper {
  query(inner: StatementRunner, statement: Statement, options: QueryOptions): Promise<QueryResult>;
  stream(inner: StatementRunner, statement: Statement, options: QueryOptions): AsyncIterable<readonly Row[]>;
  /** For the calls that are no statements of the caller's: `describeTable`, `explain`, `ping` and the like. */
  options?(options: QueryOptions): QueryOptions;
  /** In place of the adapter's own inspection. */
  inspect?(sql: string, options: QueryOptions): Promise<StatementInspection>;
  /** What a statement of the caller's must pass before it is only explained. */
  beforeExplain?(statement: Statement, options: QueryOptions): Promise<void>;
}

/** The adapter with each statement led through the wrapper, on the adapter itself and on its snapshots. */
export function wrapAdapter(inner: WarehouseAdapter, wrapper: RunnerWrapper): WarehouseAdapter {
  return new WrappedAdapter(inner, wrapper);
}

class WrappedAdapter implements WarehouseAdapter {
  readonly engine: Engine;
  readonly dialect: SqlDialect;
  readonly capabilities: WarehouseCapabilities;

  constructor(
    private readonly inner: WarehouseAdapter,
    private readonly wrapper: RunnerWrapper,
  ) {
    this.engine = inner.engine;
    this.dialect = inner.dialect;
    this.capabilities = inner.capabilities;
  }

  query(statement: Statement, options: QueryOptions = {}): Promise<QueryResult> {
    return this.wrapper.query(this.inner, statement, options);
  }

  stream(statement: Statement, options: QueryOptions = {}): AsyncIterable<readonly Row[]> {
    return this.wrapper.stream(this.inner, statement, options);
  }

  async snapshot(options?: QueryOptions): Promise<Snapshot> {
    const inner = await this.inner.snapshot(this.other(options));
    const wrapper = this.wrapper;
    return {
      query: (statement, own = {}) => wrapper.query(inner, statement, own),
      stream: (statement, own = {}) => wrapper.stream(inner, statement, own),
      get consistent() {
        return inner.consistent;
      },
      close: () => inner.close(),
    };
  }

  async explain(statement: Statement, options?: QueryOptions): Promise<string> {
    const own = this.other(options);
    await this.wrapper.beforeExplain?.(statement, own);
    return this.inner.explain(statement, own);
  }

  ping(options?: QueryOptions): Promise<void> {
    return this.inner.ping(this.other(options));
  }

  describeTable(name: TableName, options?: QueryOptions): Promise<TableDescription | undefined> {
    return this.inner.describeTable(name, this.other(options));
  }

  listTables(options?: QueryOptions): Promise<readonly TableName[]> {
    return this.inner.listTables(this.other(options));
  }

  inspect(sql: string, options?: QueryOptions): Promise<StatementInspection> {
    const own = this.other(options);
    return this.wrapper.inspect?.(sql, own) ?? this.inner.inspect(sql, own);
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private other(options: QueryOptions = {}): QueryOptions {
    return this.wrapper.options?.(options) ?? options;
  }
}
