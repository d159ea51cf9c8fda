import { ConnectionFailed, QueryCancelled } from '../warehouse.errors.js';
import type { QueryOptions, ResultColumn, SqlValue } from '../warehouse-adapter.js';
import type { DuckDbConfig } from './duckdb-config.js';
import { errorOfEnd, isFatal, toWarehouseError, type ProcessEnd } from './duckdb-errors.js';
import { openingOf } from './duckdb-opening.js';
import { DuckDbProcess } from './duckdb-process.js';
import type { RunRequest } from './duckdb-protocol.js';
import { StatementStop } from '../statement-stop.js';
import { createTemporaryDirectory } from './duckdb-temporary-directory.js';
import { categoryOf } from './duckdb-types.js';

export type DriverEvent =
  | { type: 'columns'; columns: readonly ResultColumn[] }
  | { type: 'batch'; rowCount: number; columns: readonly (readonly SqlValue[])[] }
  | { type: 'end'; truncated: boolean };

/** Runs of one statement, the first included, when its process had to be killed for another's sake. */
const MAX_ATTEMPTS = 3;

/** Keeps one child process, started when first needed and again after it was lost. */
export class DuckDbDriver {
  private current: DuckDbProcess | undefined;
  private opened: Promise<DuckDbProcess> | undefined;
  private isClosed = false;
  private readonly stops = new Set<StatementStop>();

  constructor(private readonly config: DuckDbConfig) {}

  /** Ends when the statement does; leaving it early stops the engine. A `columns` event begins the result anew. */
  async *run(request: RunRequest, options: QueryOptions = {}): AsyncGenerator<DriverEvent, void, void> {
    const stop = new StatementStop(options, this.config.defaultTimeoutMs);
    this.stops.add(stop);
    try {
      for (let attempt = 1; ; attempt++) {
        const lost = yield* this.attempt(request, stop, attempt < MAX_ATTEMPTS);
        if (!lost) return;
      }
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
      stop.stop(new QueryCancelled('The connection to the warehouse was closed.'));
    this.current?.kill({ reason: 'closed' });
    await this.current?.ended;
  }

  /** @returns true when the process was lost through no fault of the statement's, and nothing was given out yet */
  private async *attempt(
    request: RunRequest,
    stop: StatementStop,
    mayRepeat: boolean,
  ): AsyncGenerator<DriverEvent, boolean, void> {
    stop.throwIfStopped();
    const process = await stop.race(this.process());
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
            return false;
          case 'failed':
            if (isFatal(message.error)) process.kill(fatal(message.error.message));
            throw stop.error ?? toWarehouseError(message.error);
          case 'lost':
            stop.throwIfStopped();
            if (message.end.reason === 'unresponsive' && mayRepeat && !hasGivenRows) return true;
            throw errorOfEnd(message.end);
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
  return new ConnectionFailed('The connection to the warehouse is closed.');
}
