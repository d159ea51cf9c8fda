import { ConnectionFailed } from '../warehouse.errors.js';
import { describeTarget, type PostgresConfig } from './postgres-config.js';
import { PostgresConnection } from './postgres-connection.js';
import { connectError } from './postgres-errors.js';
import type { StatementStop } from '../statement-stop.js';
import { Places } from '../places.js';

/** Hands out sessions, at most so many at once; those that come back sound are kept for the next. */
export class PostgresPool {
  private readonly idle: PostgresConnection[] = [];
  private readonly places: Places;
  private isClosed = false;

  constructor(private readonly config: PostgresConfig) {
    this.places = new Places(config.maxConnections);
  }

  /** A session for one statement; `fresh`: one that nobody used before. Waits for its turn until `stop` says no. */
  async acquire(stop: StatementStop, { fresh }: { fresh: boolean }): Promise<PostgresConnection> {
    if (this.isClosed) throw this.closed();
    await this.places.enter(stop);
    try {
      const kept = fresh ? undefined : this.takeIdle();
      if (kept) return kept;
      this.makeRoom();
      return await this.open(stop);
    } catch (error) {
      this.places.leave();
      throw error;
    }
  }

  release(connection: PostgresConnection, { reusable }: { reusable: boolean }): void {
    if (reusable && connection.isAlive && !this.isClosed) this.idle.push(connection);
    else void connection.close();
    this.places.leave();
  }

  /** A session outside the count. */
  async open(stop: StatementStop, idleMs?: number): Promise<PostgresConnection> {
    if (this.isClosed) throw this.closed();
    const connection = new PostgresConnection(this.config);
    const opening = connection.open(idleMs);
    try {
      await stop.race(opening);
      return connection;
    } catch (error) {
      opening.catch(() => undefined);
      connection.cut();
      if (stop.error !== undefined) throw error;
      throw connectError(error, describeTarget(this.config), this.config.user);
    }
  }

  closed(): ConnectionFailed {
    return new ConnectionFailed(`the warehouse ${describeTarget(this.config)} was closed`, { sent: false });
  }

  /** Ends what is idle; what is in use ends when it is released. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.idle.splice(0).map((connection) => connection.close()));
  }

  private takeIdle(): PostgresConnection | undefined {
    for (let connection = this.idle.pop(); connection; connection = this.idle.pop()) {
      if (connection.isAlive) return connection;
    }
    return undefined;
  }

  /** Idle sessions count on the server too. */
  private makeRoom(): void {
    while (this.idle.length > 0 && this.idle.length + this.places.inside > this.config.maxConnections) {
      void this.idle.shift()?.close();
    }
  }
}
