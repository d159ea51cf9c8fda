// @ts-check
/**
 * The process in which DuckDB lives. It answers to its parent only, and ends with it: in-process, a query of the
 * engine's holds up our own reads, and what runs away there takes us along.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { toEngineError } from './duckdb-child-errors.js';
import { openWarehouse } from './duckdb-child-open.js';
import { ChildStatement } from './duckdb-child-statement.js';

/** @import { DuckDBInstance } from '@duckdb/node-api' */
/** @import { DuckDbOpening, FromChild, RunRequest, ToChild } from './duckdb-protocol.js' */

/** Each running statement holds a thread of libuv's pool (UV_THREADPOOL_SIZE, set by the parent). */
const maxRunning = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4) - 2;

/** @type {Promise<DuckDBInstance> | undefined} */
let opened;
let mainCatalog = '';
let temporaryDirectory = '';
/** @type {Map<number, ChildStatement>} */
const running = new Map();
/** @type {(RunRequest & { id: number })[]} */
const waiting = [];

/** @param {FromChild} message */
function send(message) {
  // The callback takes the error of a parent that is gone; `disconnect` deals with it.
  process.send?.(message, undefined, undefined, () => undefined);
}

/** @param {DuckDbOpening} opening */
async function open(opening) {
  mainCatalog = opening.mainCatalog;
  temporaryDirectory = opening.temporaryDirectory;
  opened = openWarehouse(opening);
  try {
    await opened;
    send({ type: 'opened' });
  } catch (error) {
    send({ type: 'open-failed', error: toEngineError(error) });
  }
}

async function startWaiting() {
  if (!opened) return;
  const instance = await opened;
  while (running.size < maxRunning) {
    const request = waiting.shift();
    if (!request) return;
    const statement = new ChildStatement(instance, mainCatalog, request, send);
    running.set(request.id, statement);
    void statement.run().finally(() => {
      running.delete(request.id);
      void startWaiting();
    });
  }
}

/** @param {number} id */
function cancel(id) {
  const position = waiting.findIndex((request) => request.id === id);
  if (position >= 0) {
    waiting.splice(position, 1);
    send({ type: 'failed', id, error: { kind: 'INTERRUPT', message: 'Interrupted!', details: {} } });
    return;
  }
  running.get(id)?.cancel();
}

process.on('message', (/** @type {ToChild} */ message) => {
  switch (message.type) {
    case 'open':
      void open(message.opening);
      return;
    case 'run':
      waiting.push(message);
      void startWaiting();
      return;
    case 'cancel':
      cancel(message.id);
      return;
    case 'acknowledge':
      running.get(message.id)?.acknowledge();
      return;
  }
});

process.on('disconnect', () => {
  if (temporaryDirectory !== '') rmSync(temporaryDirectory, { recursive: true, force: true });
  // A plain exit would wait for the engine's threads.
  process.kill(process.pid, 'SIGKILL');
});

// Ctrl-C reaches the whole process group; the parent decides what becomes of us.
process.on('SIGINT', () => undefined);

// The engine may take every core; threads that it starts from here on come after its parent's.
setPriority(5);

try {
  // When the machine runs out of memory, this process is the one to go.
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
  // No /proc here.
}
