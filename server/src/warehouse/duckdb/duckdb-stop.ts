import type { QueryOptions } from '../warehouse-adapter.js';
import { QueryCancelled, QueryTimedOut, type WarehouseError } from '../warehouse.errors.js';

/** Greater delays make a timer fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Why a statement must stop: its time-out, its caller's signal, or the adapter's end; whichever is first. */
export class Stop {
  error: WarehouseError | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (): void =>
    this.stop(
      new QueryCancelled('The statement was cancelled.', {}, { cause: this.signal?.reason as unknown }),
    );
  private readonly signal: AbortSignal | undefined;

  constructor(options: QueryOptions, defaultTimeoutMs: number) {
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    this.signal = options.signal;
    this.timer = setTimeout(
      () => this.stop(new QueryTimedOut(`The statement was stopped after ${timeoutMs} ms.`, { timeoutMs })),
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

  onStop(listener: () => void): void {
    if (this.error) listener();
    else this.listeners.add(listener);
  }

  /** The promise's outcome, unless we must stop before. */
  async race<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const listener = (): void => reject(this.error ?? new QueryCancelled('The statement was cancelled.'));
      this.onStop(listener);
      promise.then(resolve, reject).finally(() => this.listeners.delete(listener));
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
