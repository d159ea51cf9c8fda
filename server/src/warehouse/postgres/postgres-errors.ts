import pg from 'pg';
import {
  ConnectionFailed,
  PermissionDenied,
  QueryRejected,
  QueryTimedOut,
  ResourcesExhausted,
  WarehouseError,
} from '../warehouse.errors.js';
import { seconds, type StatementStop } from '../statement-stop.js';
import { describeTarget, type PostgresConfig } from './postgres-config.js';

/** What pg threw while a statement ran, as one of the closed set. */
export function statementError(error: unknown, stop: StatementStop, config: PostgresConfig): WarehouseError {
  if (stop.error) return stop.error;
  if (error instanceof WarehouseError) return error;
  return error instanceof pg.DatabaseError
    ? rejected(error, config)
    : connectionLost(error, describeTarget(config));
}

/** What pg threw before a connection was there. */
export function connectError(error: unknown, target: string, user: string): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const details = error instanceof pg.DatabaseError ? { sqlstate: error.code } : codeOf(error);
  return new ConnectionFailed(
    `cannot connect to ${target} as ${user}: ${wordsOf(error)}`,
    { ...details, sent: false },
    { cause: error },
  );
}

function rejected(error: pg.DatabaseError, config: PostgresConfig): WarehouseError {
  const sqlstate = error.code ?? '';
  const details = {
    sqlstate,
    ...(error.position === undefined ? {} : { position: Number(error.position) }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
  const options = { cause: error };
  // Not ours: the server's own limit, which is set just above ours, or an administrator.
  if (sqlstate === '57014') return new QueryTimedOut(error.message, details, options);
  if (sqlstate === '55P03') {
    const waited = seconds(config.lockTimeoutMs);
    return new QueryTimedOut(
      `a table is locked by somebody else; the statement waited ${waited} for it and was stopped`,
      details,
      options,
    );
  }
  // A standby that must go on replaying, a conflict, a deadlock: the statement is not at fault.
  if (sqlstate.startsWith('40')) {
    return new ResourcesExhausted(
      `the server gave the statement up in favour of others: ${error.message}`,
      details,
      options,
    );
  }
  if (sqlstate === '42501') return new PermissionDenied(error.message, details, options);
  // Class 25P03 and 57P05 end idle sessions, 57P01 to 57P03 all of them.
  if (/^(08|28|57P|25P03)/.test(sqlstate)) {
    return new ConnectionFailed(
      `the connection to ${describeTarget(config)} was ended: ${error.message}`,
      details,
      options,
    );
  }
  if (sqlstate.startsWith('53')) return new ResourcesExhausted(error.message, details, options);
  return new QueryRejected(error.message, details, options);
}

function connectionLost(error: unknown, target: string): ConnectionFailed {
  return new ConnectionFailed(`the connection to ${target} was lost: ${wordsOf(error)}`, codeOf(error), {
    cause: error,
  });
}

/** Node gives an empty message when each of several addresses failed. */
function wordsOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || 'no reason given';
}

function codeOf(error: unknown): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return code === undefined ? {} : { code };
}
