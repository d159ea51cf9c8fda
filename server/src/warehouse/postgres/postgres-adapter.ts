import { inspectPostgresStatement } from '../../sql/index.js';
import type { Statement } from '../sql/index.js';
import { afterWaiting, waitUnlessStopped } from '../statement-stop.js';
import type {
  QueryOptions,
  QueryResult,
  Row,
  Snapshot,
  StatementInspection,
  TableDescription,
  TableName,
  WarehouseAdapter,
} from '../warehouse-adapter.js';
import { collect } from './collect.js';
import { postgresCapabilities } from './postgres-capabilities.js';
import type { PostgresConfig } from './postgres-config.js';
import { postgresDialect } from './postgres-dialect.js';
import { PostgresDriver } from './postgres-driver.js';
import { PostgresIntrospector } from './postgres-introspector.js';
import { PostgresSnapshot } from './postgres-snapshot.js';
import { refuseUserCode } from './postgres-user-code.js';

/** One Postgres database. Connects at the first call. */
export class PostgresAdapter implements WarehouseAdapter {
  readonly engine = 'postgres';
  readonly dialect = postgresDialect;
  readonly capabilities = postgresCapabilities;
  private readonly driver: PostgresDriver;
  private readonly introspector: PostgresIntrospector;
  private readonly snapshots = new Set<PostgresSnapshot>();

  constructor(config: PostgresConfig) {
    this.driver = new PostgresDriver(config);
    this.introspector = new PostgresIntrospector(this);
  }

  async ping(options?: QueryOptions): Promise<void> {
    await this.query({ sql: 'SELECT 1', parameters: [], origin: 'catalog' }, options);
  }

  query(statement: Statement, options: QueryOptions = {}): Promise<QueryResult> {
    return collect(this.driver.run(statement, options));
  }

  async *stream(statement: Statement, options: QueryOptions = {}): AsyncGenerator<readonly Row[]> {
    for await (const { rows } of this.driver.run(statement, options)) {
      if (rows.length > 0) yield rows;
    }
  }

  async snapshot(options: QueryOptions = {}): Promise<Snapshot> {
    const snapshot: PostgresSnapshot = await PostgresSnapshot.open(this.driver, options, () =>
      this.snapshots.delete(snapshot),
    );
    this.snapshots.add(snapshot);
    return snapshot;
  }

  async explain(statement: Statement, options: QueryOptions = {}): Promise<string> {
    const { rows } = await this.query(
      { ...statement, sql: `EXPLAIN (FORMAT TEXT) ${statement.sql}` },
      options,
    );
    return rows.map(([line]) => (typeof line === 'string' ? line : '')).join('\n');
  }

  describeTable(name: TableName, options?: QueryOptions): Promise<TableDescription | undefined> {
    return this.introspector.describeTable(name, options);
  }

  listTables(options?: QueryOptions): Promise<readonly TableName[]> {
    return this.introspector.listTables(options);
  }

  async inspect(sql: string, options: QueryOptions = {}): Promise<StatementInspection> {
    const remaining = afterWaiting(options);
    const { reaches, ...inspection } = await waitUnlessStopped(options, () => inspectPostgresStatement(sql));
    const refusals = reaches === undefined ? [] : await refuseUserCode(this, reaches, remaining());
    return refusals.length > 0 ? { refusals, countedRows: null } : inspection;
  }

  async close(): Promise<void> {
    await this.driver.close();
    await Promise.all([...this.snapshots].map((snapshot) => snapshot.close()));
  }
}
