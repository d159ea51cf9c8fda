import type { QueryOptions } from './warehouse-adapter.js';
import { QueryCancelled, QueryTimedOut, type WarehouseError } from './warehouse.errors.js';

/** Greater delays make a timer fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Why a statement must stop: its time-out, its caller's signal, or the adapter's end; whichever is first. */
export class StatementStop {
  /** What the statement's caller gets; undefined while it may go on. */
  error: WarehouseError | undefined;
  /** To be set when the engine gets the statement; until then our errors carry `sent: false`. */
  isSent = false;
  /** Infinite where the caller set none. */
  readonly timeoutMs: number;
  private readonly listeners = new Set<() => void>();
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly onAbort = (): void => this.stop(this.cancelled());
  private readonly signal: AbortSignal | undefined;

  constructor({ timeoutMs = Infinity, signal }: QueryOptions) {
    this.timeoutMs = timeoutMs;
    this.signal = signal;
    if (timeoutMs <= longestTimerMs) this.timer = setTimeout(() => this.stop(this.timedOut()), timeoutMs);
    if (signal?.aborted) this.onAbort();
    else signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  stop(error: WarehouseError): void {
    if (this.error) return;
    this.error = error;
    for (const listener of this.listeners) listener();
  }

  /** Calls once, at once if it has stopped already; gives the way to take it back. */
  onStop(listener: () => void): () => void {
    if (this.error) listener();
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The promise's outcome, or our error as soon as we must stop; the promise itself goes on. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const forget = this.onStop(() => reject(this.error ?? this.cancelled()));
      promise.then(resolve, reject).finally(forget);
    });
  }

  throwIfStopped(): void {
    if (this.error) throw this.error;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.onAbort);
    this.listeners.clear();
  }

  private cancelled(): QueryCancelled {
    return new QueryCancelled(
      this.isSent ? 'the statement was cancelled' : 'the statement was cancelled before it was sent',
      this.isSent ? {} : { sent: false },
      { cause: this.signal?.reason as unknown },
    );
  }

  private timedOut(): QueryTimedOut {
    const { timeoutMs } = this;
    return this.isSent
      ? new QueryTimedOut(
          `the statement ran longer than its time-out of ${seconds(timeoutMs)} and was stopped`,
          { timeoutMs },
        )
      : new QueryTimedOut(
          `the statement's time-out of ${seconds(timeoutMs)} passed before it could be sent`,
          { timeoutMs, sent: false },
        );
  }
}

/** Waits for work that cannot be stopped: at the time-out or the signal only the waiting ends. */
export async function waitUnlessStopped<T>(options: QueryOptions, work: () => Promise<T>): Promise<T> {
  const stop = new StatementStop(options);
  try {
    stop.throwIfStopped();
    return await stop.race(work());
  } finally {
    stop.dispose();
  }
}

/** The options for what comes after a wait that begins now: its time counts. */
export function afterWaiting(options: QueryOptions): () => QueryOptions {
  const startedAt = performance.now();
  return () => {
    const waitedMs = Math.floor(performance.now() - startedAt);
    if (options.timeoutMs === undefined || waitedMs === 0) return options;
    return { ...options, timeoutMs: Math.max(1, options.timeoutMs - waitedMs) };
  };
}

export const seconds = (ms: number): string => `${Number((ms / 1000).toPrecision(3))} s`;
