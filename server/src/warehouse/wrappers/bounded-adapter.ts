import type { QueryOptions, WarehouseAdapter } from '../warehouse-adapter.js';
import { QueryCancelled } from '../warehouse.errors.js';
import { wrapAdapter } from './wrapped-adapter.js';

export interface Bounds {
  /** Statements that run at once; the others wait in the order in which they came. */
  maxStatements: number;
  /** Caps of statements that name none. */
  maxRows: number;
  maxBytes: number;
}

/**
 * Bounds what runs at once and what comes back. The caps are for collected results; a stream is read with
 * back-pressure and is capped only where the caller asks.
 */
export function bounded(inner: WarehouseAdapter, bounds: Bounds): WarehouseAdapter {
  const turns = new Turns(bounds.maxStatements);
  return wrapAdapter(inner, {
    async query(runner, statement, options) {
      const leave = await turns.enter(options.signal);
      try {
        return await runner.query(statement, {
          ...options,
          maxRows: options.maxRows ?? bounds.maxRows,
          maxBytes: options.maxBytes ?? bounds.maxBytes,
        });
      } finally {
        leave();
      }
    },
    async *stream(runner, statement, options: QueryOptions) {
      const leave = await turns.enter(options.signal);
      try {
        yield* runner.stream(statement, options);
      } finally {
        leave();
      }
    },
  });
}

/** At most `places` inside; first come, first served. */
class Turns {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly places: number) {}

  /** @returns what gives the place back @throws QueryCancelled when the signal is aborted before its turn */
  async enter(signal?: AbortSignal): Promise<() => void> {
    if (signal?.aborted) throw cancelled(signal);
    if (this.inside < this.places) this.inside += 1;
    else await this.wait(signal);
    let hasLeft = false;
    return () => {
      if (!hasLeft) this.leave();
      hasLeft = true;
    };
  }

  /** Whoever leaves hands over the place, so `inside` stays as it is. */
  private wait(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const proceed = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(proceed), 1);
        reject(cancelled(signal));
      };
      this.waiting.push(proceed);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.inside -= 1;
  }
}

function cancelled(signal: AbortSignal | undefined): QueryCancelled {
  return new QueryCancelled(
    'The statement was cancelled while it waited for its turn.',
    {},
    { cause: signal?.reason },
  );
}
