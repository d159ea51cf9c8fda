import { DomainError } from '../platform/errors/index.js';

/**
 * The closed set into which adapters translate engine errors, by SQLSTATE or error type, never by text.
 * The engine's own error is the `cause`; messages carry no credentials. `details.sent` is false where the engine
 * never got the statement.
 */
export abstract class WarehouseError extends DomainError {}

/** No connection could be made, or it was lost in mid-statement. */
export class ConnectionFailed extends WarehouseError {
  readonly code = 'warehouse.connection-failed';
}

/** Our time-out passed, or the one for a lock; the statement was stopped on the engine too. */
export class QueryTimedOut extends WarehouseError {
  readonly code = 'warehouse.query-timed-out';
  override readonly logLevel = 'warn';
}

/** The caller's signal was aborted; the statement was stopped on the engine too. */
export class QueryCancelled extends WarehouseError {
  readonly code = 'warehouse.query-cancelled';
  override readonly logLevel = 'info';
}

/** The engine refused the statement: unknown column, type mismatch, division by zero. */
export class QueryRejected extends WarehouseError {
  readonly code = 'warehouse.query-rejected';
  override readonly logLevel = 'info';
}

/** The role may not read this. */
export class PermissionDenied extends WarehouseError {
  readonly code = 'warehouse.permission-denied';
  override readonly logLevel = 'info';
}

/**
 * Memory, disk or the engine process itself gave out, or the engine sacrificed the statement to somebody else's work;
 * the engine was killed where needed, we were not.
 */
export class ResourcesExhausted extends WarehouseError {
  readonly code = 'warehouse.resources-exhausted';
  override readonly logLevel = 'warn';
}

/** User SQL that the allow-list does not let through. Nothing was sent to the engine. */
export class StatementRefused extends WarehouseError {
  readonly code = 'warehouse.statement-refused';
  override readonly logLevel = 'info';
}

/** The engine, or our adapter for it, cannot do this. */
export class Unsupported extends WarehouseError {
  readonly code = 'warehouse.unsupported';
  override readonly logLevel = 'info';
}

/** The warehouse URL cannot be read; says which part. */
export class WarehouseUrlInvalid extends WarehouseError {
  readonly code = 'warehouse.url-invalid';
  override readonly logLevel = 'info';
}
