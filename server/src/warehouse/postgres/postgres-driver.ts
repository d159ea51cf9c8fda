import type { Statement } from '../sql/index.js';
import type { QueryOptions, ResultColumn, Row } from '../warehouse-adapter.js';
import { QueryCancelled, QueryRejected } from '../warehouse.errors.js';
import type { PostgresConfig } from './postgres-config.js';
import type { PostgresConnection, RawBatch } from './postgres-connection.js';
import { statementError } from './postgres-errors.js';
import { PostgresPool } from './postgres-pool.js';
import { ReadLimits } from './read-limits.js';
import { PostgresTypes, typeLookup, typeWithModifier, type TypeRow } from './postgres-types.js';
import { decoderOf, type Decoder } from './postgres-values.js';
import { StatementStop } from '../statement-stop.js';

export interface Batch {
  columns: readonly ResultColumn[];
  rows: readonly Row[];
  /** Set in the last batch. */
  truncated: boolean;
}

/** Opens the transaction that a statement runs in. */
export type BeginTransaction = (connection: PostgresConnection) => Promise<void>;

/** The server's limit stands behind ours, for the case that our request to stop gets lost. */
const serverTimeoutSlackMs = 2_000;

export function timeoutCommand(timeoutMs: number): string {
  // A 32-bit number of milliseconds; zero would mean none.
  return `SET LOCAL statement_timeout = ${Math.min(Math.ceil(timeoutMs) + serverTimeoutSlackMs, 2 ** 31 - 1)}`;
}

/**
 * Runs statements, each in a read-only transaction of its own. They go by the extended protocol, which takes one
 * statement only; nothing but our own commands goes by the simple one.
 */
export class PostgresDriver {
  private readonly pool: PostgresPool;
  private readonly types: PostgresTypes;
  private readonly running = new Set<StatementStop>();
  private readonly ended = new Set<Promise<void>>();
  private isClosed = false;

  constructor(private readonly config: PostgresConfig) {
    this.pool = new PostgresPool(config);
    this.types = new PostgresTypes((oids) => this.lookUpTypes(oids));
  }

  async *run(
    statement: Statement,
    options: QueryOptions,
    begin: BeginTransaction = beginReadOnly,
  ): AsyncGenerator<Batch, void, undefined> {
    // The wire carries it as a C string: what stands behind a NUL would be read as another part of the message.
    if (statement.sql.includes('\0')) throw new QueryRejected('the statement contains a NUL character');
    yield* this.stoppable(options, (stop) => this.inTransaction(statement, options, begin, stop));
  }

  /** A session outside the pool's count, for a snapshot to hold. */
  async openSession(options: QueryOptions, idleMs: number): Promise<PostgresConnection> {
    for await (const connection of this.stoppable(options, (stop) =>
      once(() => this.pool.open(stop, idleMs)),
    )) {
      return connection;
    }
    throw this.pool.closed();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const stop of this.running)
      stop.stop(new QueryCancelled('the statement was stopped because the warehouse was closed'));
    await this.pool.close();
    await Promise.all(this.ended);
  }

  private async *stoppable<T>(
    options: QueryOptions,
    work: (stop: StatementStop) => AsyncGenerator<T, void, undefined>,
  ): AsyncGenerator<T, void, undefined> {
    if (this.isClosed) throw this.pool.closed();
    const stop = new StatementStop(options);
    this.running.add(stop);
    try {
      stop.throwIfStopped();
      yield* work(stop);
    } catch (error) {
      throw statementError(error, stop, this.config);
    } finally {
      stop.dispose();
      this.running.delete(stop);
    }
  }

  private async *inTransaction(
    statement: Statement,
    options: QueryOptions,
    begin: BeginTransaction,
    stop: StatementStop,
  ): AsyncGenerator<Batch, void, undefined> {
    const isUsers = statement.origin === 'user';
    const connection = await this.pool.acquire(stop, { fresh: isUsers });
    let markEnded = (): void => undefined;
    const ended = new Promise<void>((resolve) => (markEnded = resolve));
    const forget = stop.onStop(() => this.untilEnded(connection.stopStatement(ended)));
    try {
      await begin(connection);
      await connection.command(timeoutCommand(stop.timeoutMs));
      yield* this.read(connection, statement, options, stop);
    } finally {
      forget();
      // After a request to stop, it may still be on its way and would hit the next statement.
      const reusable = !isUsers && stop.error === undefined && (await rolledBack(connection));
      this.pool.release(connection, { reusable });
      markEnded();
    }
  }

  private async *read(
    connection: PostgresConnection,
    statement: Statement,
    options: QueryOptions,
    stop: StatementStop,
  ): AsyncGenerator<Batch, void, undefined> {
    const limits = new ReadLimits(options);
    stop.isSent = true;
    let decoded: { columns: readonly ResultColumn[]; decoders: readonly Decoder[] } | undefined;
    for await (const raw of connection.read(statement.sql, statement.parameters, () => limits.nextSize())) {
      stop.throwIfStopped();
      decoded ??= await this.describe(raw);
      const { columns, decoders } = decoded;
      const { kept, truncated } = limits.take(raw.rows);
      const rows = kept.map((values) => decode(values, decoders));
      yield { columns, rows, truncated };
      stop.throwIfStopped();
      if (truncated) return;
    }
  }

  private async describe(
    raw: RawBatch,
  ): Promise<{ columns: readonly ResultColumn[]; decoders: readonly Decoder[] }> {
    await this.types.learn(raw.fields.map((field) => field.dataTypeID));
    const columns = raw.fields.map(({ name, dataTypeID, dataTypeModifier }) => {
      const type = this.types.get(dataTypeID);
      return {
        name,
        type: typeWithModifier(dataTypeID, type.name, dataTypeModifier),
        category: type.category,
      };
    });
    return { columns, decoders: raw.fields.map((field) => decoderOf(field.dataTypeID, this.types)) };
  }

  /** On a session of its own: the statement's is in the middle of reading, and the pool may be used up by such. */
  private async lookUpTypes(oids: readonly number[]): Promise<TypeRow[]> {
    const connection = await this.openSession({ timeoutMs: this.config.connectTimeoutMs }, 10_000);
    try {
      const rows = await connection.rows(typeLookup, [oids.map(String)]);
      return rows.map(([oid, name, base, kind, element, delimiter]) => ({
        oid: Number(oid),
        name: name ?? '',
        base: Number(base),
        kind: kind ?? '',
        element: Number(element),
        delimiter: delimiter ?? ',',
      }));
    } finally {
      await connection.close();
    }
  }

  /** Closing waits for it. */
  private untilEnded(work: Promise<void>): void {
    const tracked = work.finally(() => this.ended.delete(tracked));
    this.ended.add(tracked);
  }
}

async function* once<T>(give: () => Promise<T>): AsyncGenerator<T, void, undefined> {
  yield await give();
}

async function beginReadOnly(connection: PostgresConnection): Promise<void> {
  await connection.command('BEGIN TRANSACTION READ ONLY');
}

async function rolledBack(connection: PostgresConnection): Promise<boolean> {
  if (!connection.isAlive) return false;
  try {
    await connection.command('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

function decode(values: readonly (string | null)[], decoders: readonly Decoder[]): Row {
  return values.map((value, i) => (value === null ? null : decoders[i]!(value)));
}
