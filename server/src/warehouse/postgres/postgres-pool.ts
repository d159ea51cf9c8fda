import { ConnectionFailed } from '../warehouse.errors.js';
import { describeTarget, type PostgresConfig } from './postgres-config.js';
import { PostgresConnection } from './postgres-connection.js';
import { connectError } from './postgres-errors.js';
import type { StatementStop } from '../statement-stop.js';

/** Hands out sessions, at most so many at once; those that come back sound are kept for the next. */
export class PostgresPool {
  private readonly idle: PostgresConnection[] = [];
  private readonly waiting: (() => void)[] = [];
  private inUse = 0;
  private isClosed = false;

  constructor(private readonly config: PostgresConfig) {}

  /** A session for one statement; `fresh`: one that nobody used before. Waits for its turn until `stop` says no. */
  async acquire(stop: StatementStop, { fresh }: { fresh: boolean }): Promise<PostgresConnection> {
    await this.takeTurn(stop);
    try {
      const kept = fresh ? undefined : this.takeIdle();
      if (kept) return kept;
      this.makeRoom();
      return await this.open(stop);
    } catch (error) {
      this.giveTurn();
      throw error;
    }
  }

  release(connection: PostgresConnection, { reusable }: { reusable: boolean }): void {
    if (reusable && connection.isAlive && !this.isClosed) this.idle.push(connection);
    else void connection.close();
    this.giveTurn();
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
    return new ConnectionFailed(`the warehouse ${describeTarget(this.config)} was closed`);
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

  private async takeTurn(stop: StatementStop): Promise<void> {
    if (this.isClosed) throw this.closed();
    if (this.inUse >= this.config.maxConnections) {
      let isMine = false;
      const turn = new Promise<void>((resolve) => {
        this.waiting.push(() => {
          isMine = true;
          resolve();
        });
      });
      const ticket = this.waiting.at(-1)!;
      try {
        await stop.race(turn);
      } catch (error) {
        if (isMine) this.giveTurn();
        else this.waiting.splice(this.waiting.indexOf(ticket), 1);
        throw error;
      }
    } else {
      this.inUse++;
    }
  }

  /** The turn goes to who waits longest, or back. */
  private giveTurn(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.inUse--;
  }

  /** Idle sessions count on the server too. */
  private makeRoom(): void {
    while (this.idle.length > 0 && this.idle.length + this.inUse > this.config.maxConnections) {
      void this.idle.shift()?.close();
    }
  }
}
