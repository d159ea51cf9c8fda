import { afterWaiting, StatementStop } from '../statement-stop.js';
import { Places } from '../places.js';
import type { QueryOptions, WarehouseAdapter } from '../warehouse-adapter.js';
import { wrapAdapter } from './wrapped-adapter.js';

export interface Bounds {
  /** Statements that run at once; the others wait in the order in which they came. */
  maxStatements: number;
  /** Caps of statements that name none. */
  maxRows: number;
  maxBytes: number;
}

/**
 * Bounds what runs at once and what comes back. Waiting for a turn counts for the time-out. The caps are for
 * collected results; a stream is read with back-pressure and is capped only where the caller asks.
 */
export function bounded(inner: WarehouseAdapter, bounds: Bounds): WarehouseAdapter {
  const places = new Places(bounds.maxStatements);
  return wrapAdapter(inner, {
    async query(runner, statement, options) {
      const left = await enter(places, options);
      try {
        return await runner.query(statement, {
          ...left,
          maxRows: options.maxRows ?? bounds.maxRows,
          maxBytes: options.maxBytes ?? bounds.maxBytes,
        });
      } finally {
        places.leave();
      }
    },
    async *stream(runner, statement, options) {
      const left = await enter(places, options);
      try {
        yield* runner.stream(statement, left);
      } finally {
        places.leave();
      }
    },
  });
}

/** @returns the options for what is left of the time */
async function enter(places: Places, options: QueryOptions): Promise<QueryOptions> {
  const left = afterWaiting(options);
  const stop = new StatementStop(options);
  try {
    await places.enter(stop);
  } finally {
    stop.dispose();
  }
  return left();
}
