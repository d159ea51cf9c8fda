import { ConnectionFailed, QueryCancelled } from '../warehouse.errors.js';
import type { QueryOptions, ResultColumn, SqlValue } from '../warehouse-adapter.js';
import type { DuckDbConfig } from './duckdb-config.js';
import { errorOfEnd, isFatal, toWarehouseError, type ProcessEnd } from './duckdb-errors.js';
import { openingOf } from './duckdb-opening.js';
import { DuckDbProcess } from './duckdb-process.js';
import type { RunRequest } from './duckdb-protocol.js';
import { StatementStop } from '../statement-stop.js';
import { createTemporaryDirectory } from './duckdb-temporary-directory.js';
import { Turns, type Turn } from './duckdb-turns.js';
import { categoryOf } from './duckdb-types.js';

export type DriverEvent =
  | { type: 'columns'; columns: readonly ResultColumn[] }
  | { type: 'batch'; rowCount: number; columns: readonly (readonly SqlValue[])[] }
  | { type: 'end'; truncated: boolean };

/** What became of one attempt to run a statement. */
type Attempt = 'done' | 'repeat' | 'repeat-alone';

/** Keeps one child process, started when first needed and again after it was lost. */
export class DuckDbDriver {
  private current: DuckDbProcess | undefined;
  private opened: Promise<DuckDbProcess> | undefined;
  private isClosed = false;
  private readonly turns = new Turns();
  private readonly stops = new Set<StatementStop>();

  constructor(private readonly config: DuckDbConfig) {}

  /** Ends when the statement does; leaving it early stops the engine. A `columns` event begins the result anew. */
  async *run(request: RunRequest, options: QueryOptions = {}): AsyncGenerator<DriverEvent, void, void> {
    const stop = new StatementStop(options);
    this.stops.add(stop);
    try {
      let attempt = yield* this.attempt(request, stop, false);
      while (attempt !== 'done') attempt = yield* this.attempt(request, stop, attempt === 'repeat-alone');
    } finally {
      this.stops.delete(stop);
      stop.dispose();
    }
  }

  /** The living process, opened; for those who must know whether it still is the same one. */
  process(): Promise<DuckDbProcess> {
    if (this.isClosed) return Promise.reject(closed());
    if (this.opened && this.current?.isAlive) return this.opened;
    const launched = DuckDbProcess.launch(openingOf(this.config, createTemporaryDirectory()));
    this.current = launched;
    this.opened = launched.open().then(() => launched);
    return this.opened;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const stop of this.stops)
      stop.stop(new QueryCancelled('the connection to the warehouse was closed'));
    this.current?.kill({ reason: 'closed' });
    await this.current?.ended;
  }

  /**
   * Repeats what was lost with its process before anything was given out: at once when another statement was to blame,
   * alone when any of several may have been.
   */
  private async *attempt(
    request: RunRequest,
    stop: StatementStop,
    isAlone: boolean,
  ): AsyncGenerator<DriverEvent, Attempt, void> {
    stop.throwIfStopped();
    const coming = this.turns.take(isAlone);
    const turn = await stop.race(coming).catch((error: unknown) => {
      void coming.then((late) => late.end());
      throw error;
    });
    try {
      return yield* this.inTurn(request, stop, turn);
    } finally {
      turn.end();
    }
  }

  private async *inTurn(
    request: RunRequest,
    stop: StatementStop,
    turn: Turn,
  ): AsyncGenerator<DriverEvent, Attempt, void> {
    const process = await stop.race(this.process());
    stop.isSent = true;
    const channel = process.run(request);
    const cancel = (): void =>
      channel.cancel(this.config.killGraceMs, () => process.kill({ reason: 'unresponsive' }));
    stop.onStop(cancel);
    let hasGivenRows = false;
    try {
      for (;;) {
        const message = await channel.next();
        switch (message.type) {
          case 'columns':
            yield { type: 'columns', columns: message.columns.map(toResultColumn) };
            break;
          case 'batch':
            if (stop.error) break;
            hasGivenRows = true;
            yield message;
            break;
          case 'end':
            stop.throwIfStopped();
            yield message;
            return 'done';
          case 'failed':
            if (isFatal(message.error)) process.kill(fatal(message.error.message));
            throw stop.error ?? toWarehouseError(message.error);
          case 'lost':
            stop.throwIfStopped();
            if (hasGivenRows || message.end.reason === 'closed') throw errorOfEnd(message.end);
            if (message.end.reason === 'unresponsive') return 'repeat';
            if (!turn.hadCompany) throw errorOfEnd(message.end);
            return 'repeat-alone';
        }
      }
    } finally {
      cancel();
      await channel.finished;
    }
  }
}

function fatal(message: string): ProcessEnd {
  return { reason: 'crashed', how: message, output: '' };
}

function toResultColumn({ name, type }: { name: string; type: string }): ResultColumn {
  return { name, type, category: categoryOf(type) };
}

function closed(): ConnectionFailed {
  return new ConnectionFailed('the connection to the warehouse is closed', { sent: false });
}
