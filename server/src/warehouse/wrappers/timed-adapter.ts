import type { QueryOptions, WarehouseAdapter } from '../warehouse-adapter.js';
import { wrapAdapter } from './wrapped-adapter.js';

export interface TimeLimits {
  /** For calls that name no time-out. */
  defaultTimeoutMs: number;
  /** Asked for more, a call gets this. */
  maxTimeoutMs: number;
}

/** Gives every call a time-out, the caller's own up to the greatest one. Outermost, so that waiting counts. */
export function timed(inner: WarehouseAdapter, limits: TimeLimits): WarehouseAdapter {
  const withTimeout = (options: QueryOptions): QueryOptions => ({
    ...options,
    timeoutMs: Math.min(options.timeoutMs ?? limits.defaultTimeoutMs, limits.maxTimeoutMs),
  });
  return wrapAdapter(inner, {
    query: (runner, statement, options) => runner.query(statement, withTimeout(options)),
    stream: (runner, statement, options) => runner.stream(statement, withTimeout(options)),
    options: withTimeout,
  });
}
