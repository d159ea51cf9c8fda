export type StopReason = 'timed-out' | 'aborted' | 'closed';

/** The one place that knows whether and why a statement is to stop: its time-out, its caller, or our closing. */
export class StatementStop {
  reason: StopReason | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (): void => this.stop('aborted');

  constructor(
    readonly timeoutMs: number,
    private readonly signal?: AbortSignal,
  ) {
    this.timer = setTimeout(() => this.stop('timed-out'), timeoutMs);
    if (signal?.aborted) this.stop('aborted');
    signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  stop(reason: StopReason): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    for (const listener of this.listeners) listener();
  }

  /** Calls once, at once if it has stopped already; gives the way to take it back. */
  onStop(listener: () => void): () => void {
    if (this.reason !== undefined) listener();
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The promise's outcome, or a rejection as soon as we stop; the promise itself goes on. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const forget = this.onStop(() => reject(new Error('stopped')));
      promise.then(resolve, reject).finally(forget);
    });
  }

  throwIfStopped(): void {
    if (this.reason !== undefined) throw new Error('stopped');
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.onAbort);
    this.listeners.clear();
  }
}
