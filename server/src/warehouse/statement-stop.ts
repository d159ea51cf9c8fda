import type { QueryOptions } from './warehouse-adapter.js';
import { QueryCancelled, QueryTimedOut, type WarehouseError } from './warehouse.errors.js';

/** Greater delays make a timer fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Why a statement must stop: its time-out, its caller's signal, or the adapter's end; whichever is first. */
export class StatementStop {
  /** What the statement's caller gets; undefined while it may go on. */
  error: WarehouseError | undefined;
  readonly timeoutMs: number;
  private readonly listeners = new Set<() => void>();
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (): void =>
    this.stop(
      new QueryCancelled('the statement was cancelled', {}, { cause: this.signal?.reason as unknown }),
    );
  private readonly signal: AbortSignal | undefined;

  constructor(options: QueryOptions, defaultTimeoutMs: number) {
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    this.timeoutMs = timeoutMs;
    this.signal = options.signal;
    this.timer = setTimeout(
      () =>
        this.stop(
          new QueryTimedOut(
            `the statement ran longer than its time-out of ${seconds(timeoutMs)} and was stopped`,
            { timeoutMs },
          ),
        ),
      Math.min(timeoutMs, LONGEST_TIMER_MS),
    );
    if (this.signal?.aborted) this.onAbort();
    else this.signal?.addEventListener('abort', this.onAbort, { once: true });
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
      const forget = this.onStop(() =>
        reject(this.error ?? new QueryCancelled('the statement was cancelled')),
      );
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
}

const seconds = (ms: number): string => `${Number((ms / 1000).toPrecision(3))} s`;
