import type { ProcessEnd } from './duckdb-errors.js';
import type { StatementMessage } from './duckdb-protocol.js';

export type ChannelMessage = StatementMessage | { type: 'lost'; end: ProcessEnd };

/** Our end of one statement that the child runs: its messages in order, the last one `end`, `failed` or `lost`. */
export class StatementChannel {
  private readonly inbox: ChannelMessage[] = [];
  private wake: (() => void) | undefined;
  private markFinished: () => void = () => undefined;
  private isFinished = false;
  /** Resolves when the engine has stopped, or its process is gone. */
  readonly finished = new Promise<void>((resolve) => (this.markFinished = resolve));

  constructor(
    private readonly sendAcknowledge: () => void,
    private readonly sendCancel: () => void,
  ) {}

  /** Not to be called again after the last message. */
  async next(): Promise<ChannelMessage> {
    for (;;) {
      const message = this.inbox.shift();
      if (message) {
        if (message.type === 'batch') this.sendAcknowledge();
        return message;
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  deliver(message: ChannelMessage): void {
    this.inbox.push(message);
    if (message.type === 'end' || message.type === 'failed' || message.type === 'lost') this.finish();
    this.wake?.();
  }

  lose(end: ProcessEnd): void {
    if (!this.isFinished) this.deliver({ type: 'lost', end });
  }

  /** Interrupts the engine; `onUnresponsive` is called when it does not stop in time. */
  cancel(graceMs: number, onUnresponsive: () => void): void {
    if (this.isFinished) return;
    this.sendCancel();
    const timer = setTimeout(onUnresponsive, graceMs);
    void this.finished.then(() => clearTimeout(timer));
  }

  private finish(): void {
    this.isFinished = true;
    this.markFinished();
  }
}
