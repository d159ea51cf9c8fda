import { setTimeout as delay } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { BoundValue } from '../sql/index.js';
import { ResourcesExhausted } from '../warehouse.errors.js';
import { requestCancel } from './postgres-cancel.js';
import type { PostgresConfig, SslMode } from './postgres-config.js';

export interface RawBatch {
  fields: readonly pg.FieldDef[];
  /** Values as the server wrote them. */
  rows: readonly (string | null)[][];
  isLast: boolean;
}

/** Of pg's own client, the part that its types leave out. */
interface ClientInternals {
  processID: number;
  secretKey: number;
  connection: { stream: Duplex };
}

const asWritten = { getTypeParser: () => (text: string) => text };

/** Same for every statement, whatever the role's and the database's own settings are. */
const sessionSettings = `
  SELECT set_config('TimeZone', $1, false), set_config('DateStyle', 'ISO, YMD', false),
         set_config('IntervalStyle', 'postgres', false), set_config('extra_float_digits', '1', false),
         set_config('bytea_output', 'hex', false), set_config('standard_conforming_strings', 'on', false),
         set_config('default_transaction_read_only', 'on', false), set_config('lock_timeout', $2, false),
         set_config('idle_in_transaction_session_timeout', $3, false),
         CASE WHEN $4 = '' THEN NULL ELSE set_config('search_path', $4, false) END,
         CASE WHEN current_setting('server_version_num')::integer >= 140000
              THEN set_config('client_connection_check_interval', '1000', false) END`;

const idleInTransactionMs = 60_000;

/** One session. Runs one statement at a time. */
export class PostgresConnection {
  /** False once it is lost or cut: it must not be used again. */
  isAlive = true;
  private readonly client: pg.Client;
  private readonly ssl: pg.ClientConfig['ssl'];
  private readonly lossListeners = new Set<() => void>();
  private bytesInStep = 0;

  constructor(private readonly config: PostgresConfig) {
    this.ssl = sslOptions(config.sslMode, config.host);
    this.client = new pg.Client({
      host: config.host,
      port: config.port,
      database: config.database,
      user: config.user,
      // Given as a function, so that pg does not look for one in the environment and in ~/.pgpass.
      password: () => config.password?.reveal() ?? '',
      ssl: this.ssl ?? false,
      application_name: config.applicationName,
      connectionTimeoutMillis: config.connectTimeoutMs,
      keepAlive: true,
    });
    this.client.on('error', () => this.lost());
    this.client.on('end', () => this.lost());
  }

  /** @throws what pg throws; the connection is then of no use */
  async open(idleMs: number = idleInTransactionMs): Promise<void> {
    await this.client.connect();
    this.stream.on('data', (chunk: Buffer) => this.countBytes(chunk.length));
    const { timeZone, lockTimeoutMs, searchPath = '' } = this.config;
    await this.rows(sessionSettings, [timeZone, String(lockTimeoutMs), String(idleMs), searchPath]);
  }

  onLoss(listener: () => void): void {
    this.lossListeners.add(listener);
  }

  /** Runs text of our own without parameters, several commands at once if need be. */
  async command(text: string): Promise<void> {
    await this.client.query(text);
  }

  /** All rows of a small statement of our own. */
  async rows(sql: string, parameters: readonly BoundValue[]): Promise<(string | null)[][]> {
    const result = await this.client.query<(string | null)[]>({
      text: sql,
      values: [...parameters],
      rowMode: 'array',
      types: asWritten,
    });
    return result.rows;
  }

  /** Reads step by step through a portal; `nextSize` says before each step how many rows it may give. */
  async *read(
    sql: string,
    parameters: readonly BoundValue[],
    nextSize: () => number,
  ): AsyncGenerator<RawBatch, void, undefined> {
    const cursor = this.client.query(
      new Cursor<(string | null)[]>(sql, [...parameters], { rowMode: 'array', types: asWritten }),
    );
    let isDone = false;
    try {
      while (!isDone) {
        this.bytesInStep = 0;
        const size = nextSize();
        const { rows, fields } = await step(cursor, size);
        isDone = rows.length < size;
        yield { fields, rows, isLast: isDone };
      }
    } catch (error) {
      isDone = true;
      throw this.bytesInStep > this.config.maxBatchBytes ? this.tooWide() : error;
    } finally {
      // An open portal is closed, which ends the statement on the server.
      if (!isDone && this.isAlive) await cursor.close();
    }
  }

  /** Has the server stop what runs; cuts the connection when it has not ended in time. */
  async stopStatement(ended: Promise<void>): Promise<void> {
    const { processID, secretKey } = this.internals;
    const { host, port, cancelGraceMs } = this.config;
    void requestCancel({ host, port, ssl: this.ssl }, { processId: processID, secretKey });
    const waiting = new AbortController();
    const late = delay(cancelGraceMs, true, { signal: waiting.signal }).catch(() => false);
    if (await Promise.race([ended.then(() => false), late])) this.cut();
    waiting.abort();
  }

  /** Ends the session at once; what waits for it is rejected. The server notices within a second. */
  cut(): void {
    this.lost();
    this.stream.destroy();
  }

  async close(): Promise<void> {
    if (!this.isAlive) return;
    this.lost();
    await Promise.race([this.client.end().catch(() => undefined), delay(this.config.cancelGraceMs)]);
    this.stream.destroy();
  }

  private get internals(): ClientInternals {
    return this.client as unknown as ClientInternals;
  }

  private get stream(): Duplex {
    return this.internals.connection.stream;
  }

  private lost(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    for (const listener of this.lossListeners) listener();
  }

  /** pg collects a whole row before it gives it to anybody. */
  private countBytes(length: number): void {
    this.bytesInStep += length;
    if (this.bytesInStep > this.config.maxBatchBytes) this.cut();
  }

  private tooWide(): ResourcesExhausted {
    return new ResourcesExhausted(
      `a row or a few of them are larger than ${this.config.maxBatchBytes} bytes; select less of them`,
      { maxBatchBytes: this.config.maxBatchBytes },
    );
  }
}

function step(
  cursor: Cursor<(string | null)[]>,
  size: number,
): Promise<{ rows: (string | null)[][]; fields: pg.FieldDef[] }> {
  return new Promise((resolve, reject) => {
    cursor.read(size, (error, rows, result) => {
      if (error) reject(error);
      else resolve({ rows, fields: result.fields });
    });
  });
}

function sslOptions(mode: SslMode, host: string): pg.ClientConfig['ssl'] {
  switch (mode) {
    case 'disable':
      return undefined;
    case 'require':
    case 'no-verify':
      return { rejectUnauthorized: false };
    case 'verify-full':
      return { rejectUnauthorized: true, servername: host };
  }
}
