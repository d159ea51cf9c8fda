import {
  ConnectionFailed,
  PermissionDenied,
  QueryCancelled,
  QueryRejected,
  ResourcesExhausted,
  type WarehouseError,
} from '../warehouse.errors.js';
import type { EngineError } from './duckdb-protocol.js';

/** By DuckDB's exception type; what is not named here is the statement's own fault. */
const errorTypes: Readonly<
  Record<
    string,
    new (message: string, details: Record<string, unknown>, options: ErrorOptions) => WarehouseError
  >
> = {
  'Out of Memory': ResourcesExhausted,
  'Broken stream': ResourcesExhausted,
  Permission: PermissionDenied,
  INTERRUPT: QueryCancelled,
  IO: ConnectionFailed,
  Connection: ConnectionFailed,
  FATAL: ResourcesExhausted,
  INTERNAL: ResourcesExhausted,
};

/** After these the engine refuses every further statement, so its process is replaced. */
export function isFatal(error: EngineError): boolean {
  return error.kind === 'FATAL' || error.kind === 'INTERNAL';
}

export function toWarehouseError(error: EngineError): WarehouseError {
  const translated = errorTypes[error.kind] ?? QueryRejected;
  const message = error.kind === 'Driver' ? error.message : `${error.kind} Error: ${error.message}`;
  return new translated(message, { ...error.details, engineError: error.kind }, { cause: error });
}

/** Why the engine's process is gone. */
export type ProcessEnd =
  /** It used more memory than its limit and a margin, and was killed. */
  | { reason: 'memory'; rssMb: number; limitMb: number }
  /** A statement did not obey its interrupt; the others are innocent. */
  | { reason: 'unresponsive' }
  /** Killed from outside, or ended by itself. */
  | { reason: 'crashed'; how: string; output: string }
  | { reason: 'closed' };

export function errorOfEnd(end: ProcessEnd): WarehouseError {
  switch (end.reason) {
    case 'memory':
      return new ResourcesExhausted(
        `the DuckDB process was killed: it used ${end.rssMb} MB of memory, and the engine may use ${end.limitMb} MB`,
        { ...end },
      );
    case 'crashed':
      return new ResourcesExhausted(
        `the DuckDB process ended in mid-statement (${end.how}); the next statement starts a new one`,
        { ...end },
      );
    case 'unresponsive':
      return new ResourcesExhausted(
        'the DuckDB process was killed because a statement beside this one could not be stopped',
        { ...end },
      );
    case 'closed':
      return new QueryCancelled('the connection to the warehouse was closed', { ...end });
  }
}
