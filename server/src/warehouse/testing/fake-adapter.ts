import { setImmediate } from 'node:timers/promises';
import { duckDbCapabilities } from '../duckdb/duckdb-capabilities.js';
import { duckDbDialect } from '../duckdb/duckdb-dialect.js';
import { StatementStop, waitUnlessStopped } from '../statement-stop.js';
import type { SqlDialect, Statement } from '../sql/index.js';
import type { WarehouseCapabilities } from '../warehouse-capabilities.js';
import type { Engine } from '../engine.js';
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
import { ConnectionFailed, QueryCancelled, QueryRejected } from '../warehouse.errors.js';
import { inspectFake, interpret, type FakeOutcome } from './fake-language.js';

export interface FakeResult {
  /** Default: one column `c1`, `c2`, … of category `other` for each value of the first row. */
  columns?: readonly ResultColumn[];
  rows: readonly Row[];
}

export type StatementPattern = string | RegExp | ((statement: Statement) => boolean);
export type FakeAnswer = FakeResult | Error | ((statement: Statement) => FakeResult | Error);

export interface FakeOptions {
  dialect?: SqlDialect;
  capabilities?: Partial<WarehouseCapabilities>;
  /** Every call fails as if nothing answered. */
  isUnreachable?: boolean;
  inspect?: (sql: string, options: QueryOptions) => StatementInspection | Promise<StatementInspection>;
}

const batchRows = 1000;

/** A warehouse in memory that keeps the adapter's contract and says what tests tell it to say. */
export class FakeAdapter implements WarehouseAdapter {
  readonly engine: Engine;
  readonly dialect: SqlDialect;
  readonly capabilities: WarehouseCapabilities;
  /** All statements that were sent, in order. */
  readonly statements: Statement[] = [];
  /** Statements that run at this moment. */
  running = 0;
  private readonly answers: { pattern: StatementPattern; answer: FakeAnswer }[] = [];
  private readonly tables: TableDescription[] = [];
  private readonly stops = new Set<StatementStop>();
  private snapshotsLost = 0;
  private isClosed = false;

  constructor(private readonly options: FakeOptions = {}) {
    this.dialect = options.dialect ?? duckDbDialect;
    this.engine = this.dialect.engine;
    this.capabilities = { ...duckDbCapabilities, ...options.capabilities };
  }

  /** Answers statements whose text equals or matches; the answer given last is asked first. */
  answer(pattern: StatementPattern, answer: FakeAnswer): this {
    this.answers.unshift({ pattern, answer });
    return this;
  }

  addTable(table: TableDescription): this {
    this.tables.push(table);
    return this;
  }

  /** As when an engine's process was lost: open snapshots are no longer consistent. */
  loseSnapshots(): void {
    this.snapshotsLost += 1;
  }

  async query(statement: Statement, options: QueryOptions = {}): Promise<QueryResult> {
    const rows: Row[] = [];
    const read = this.read(statement, options);
    for (;;) {
      const next = await read.next();
      if (next.done) return { columns: next.value.columns, rows, truncated: next.value.truncated };
      rows.push(...next.value);
    }
  }

  async *stream(statement: Statement, options: QueryOptions = {}): AsyncGenerator<readonly Row[]> {
    yield* this.read(statement, options);
  }

  async ping(): Promise<void> {
    await this.connect();
  }

  async snapshot(): Promise<Snapshot> {
    await this.connect();
    const lostBefore = this.snapshotsLost;
    const isConsistent = (): boolean =>
      this.capabilities.snapshot && !this.isClosed && this.snapshotsLost === lostBefore;
    return {
      query: (statement, options) => this.query(statement, options),
      stream: (statement, options) => this.stream(statement, options),
      get consistent() {
        return isConsistent();
      },
      close: () => Promise.resolve(),
    };
  }

  async explain(statement: Statement): Promise<string> {
    await this.connect();
    const outcome = this.outcomeOf(statement);
    if (outcome.kind === 'error' && outcome.error instanceof QueryRejected) throw outcome.error;
    return `PLAN OF ${statement.sql}`;
  }

  /** Fewer parts than the table's name has match its last ones; case does not matter. */
  async describeTable(name: TableName): Promise<TableDescription | undefined> {
    await this.connect();
    const wanted = name.map((part) => part.toLowerCase());
    return this.tables.find((table) => {
      const tail = table.name.slice(-wanted.length).map((part) => part.toLowerCase());
      return (
        wanted.length > 0 && tail.length === wanted.length && tail.every((part, i) => part === wanted[i])
      );
    });
  }

  async listTables(): Promise<readonly TableName[]> {
    await this.connect();
    return this.tables.map((table) => table.name);
  }

  inspect(sql: string, options: QueryOptions = {}): Promise<StatementInspection> {
    return waitUnlessStopped(options, async () => {
      await this.connect();
      return (this.options.inspect ?? inspectFake)(sql, options);
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    for (const stop of this.stops)
      stop.stop(new QueryCancelled('the connection to the warehouse was closed'));
    return Promise.resolve();
  }

  private async *read(
    statement: Statement,
    options: QueryOptions,
  ): AsyncGenerator<readonly Row[], { columns: readonly ResultColumn[]; truncated: boolean }> {
    await this.connect();
    const stop = new StatementStop(options);
    this.stops.add(stop);
    this.running += 1;
    try {
      stop.throwIfStopped();
      stop.isSent = true;
      this.statements.push(statement);
      const outcome = this.outcomeOf(statement);
      if (outcome.kind === 'error') throw outcome.error;
      if (outcome.kind === 'endless') return await stop.race(new Promise<never>(() => undefined));
      const truncated = yield* inBatches(outcome.rows, options, stop);
      return { columns: outcome.columns, truncated };
    } finally {
      this.running -= 1;
      this.stops.delete(stop);
      stop.dispose();
    }
  }

  private outcomeOf(statement: Statement): FakeOutcome {
    const known = this.answers.find(({ pattern }) => matches(pattern, statement));
    if (!known) return interpret(statement);
    const answer = typeof known.answer === 'function' ? known.answer(statement) : known.answer;
    if (answer instanceof Error) return { kind: 'error', error: answer };
    return { kind: 'rows', columns: answer.columns ?? columnsOf(answer.rows), rows: answer.rows };
  }

  private async connect(): Promise<void> {
    await setImmediate();
    if (this.isClosed) throw new ConnectionFailed('the connection to the warehouse is closed');
    if (this.options.isUnreachable) throw new ConnectionFailed('nothing answers at the address of the fake');
  }
}

async function* inBatches(
  rows: Iterable<Row>,
  { maxRows = Infinity, maxBytes = Infinity }: QueryOptions,
  stop: StatementStop,
): AsyncGenerator<readonly Row[], boolean> {
  let batch: Row[] = [];
  let count = 0;
  let bytes = 0;
  for (const row of rows) {
    bytes += row.reduce<number>((sum, value) => sum + sizeOf(value), 0);
    if (count === maxRows || bytes > maxBytes) {
      if (batch.length > 0) yield batch;
      return true;
    }
    count += 1;
    batch.push(row);
    if (batch.length < batchRows) continue;
    await setImmediate();
    stop.throwIfStopped();
    yield batch;
    batch = [];
  }
  await setImmediate();
  stop.throwIfStopped();
  if (batch.length > 0) yield batch;
  return false;
}

function sizeOf(value: SqlValue): number {
  return typeof value === 'string' ? value.length : 8;
}

function matches(pattern: StatementPattern, statement: Statement): boolean {
  if (typeof pattern === 'string') return statement.sql === pattern;
  return pattern instanceof RegExp ? pattern.test(statement.sql) : pattern(statement);
}

function columnsOf(rows: readonly Row[]): ResultColumn[] {
  return (rows[0] ?? []).map((_, i) => ({ name: `c${i + 1}`, type: 'ANY', category: 'other' }));
}
