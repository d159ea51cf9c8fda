// @ts-check
import { LIST, StatementType, VARCHAR } from '@duckdb/node-api';
import { toEngineError } from './duckdb-child-errors.js';
import { quoteIdentifier } from './duckdb-child-open.js';
import { converterOf, sizeOf, typeText } from './duckdb-child-values.js';

/**
 * @import {
 *   DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBPreparedStatement, DuckDBResult
 * } from '@duckdb/node-api'
 */
/** @import { SqlValue } from '../warehouse-adapter.js' */
/** @import { EngineError, RunRequest, StatementMessage, StatementMode } from './duckdb-protocol.js' */

/** Batches on their way to the parent; more only fill the pipe. */
const windowSize = 8;

/** A batch is about this big, so that neither process handles one for more than a few milliseconds. */
const batchBytes = 256 * 1024;
const batchValues = 20_000;

/** An interrupt that comes before the engine's thread has begun is lost, so it is repeated. */
const interruptEveryMs = 20;

/**
 * What the engine itself says a statement is, after parsing. External access being off does not stop `COPY … TO` the
 * attached file or its WAL, `DETACH`, nor logging to files: DuckDB counts those paths as its own. So only these
 * types run at all.
 */
const readingTypes = [StatementType.SELECT];
const writingTypes = [
  StatementType.SELECT,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.CREATE,
  StatementType.CREATE_FUNC,
  StatementType.DROP,
  StatementType.ALTER,
];

/** One statement, on a connection of its own: nothing that it sets or leaves open reaches another. */
export class ChildStatement {
  /** @type {DuckDBConnection | undefined} */
  #connection;
  /** @type {NodeJS.Timeout | undefined} */
  #interrupting;
  #cancelled = false;
  #onTheirWay = 0;
  /** @type {(() => void) | undefined} */
  #resume;

  /**
   * @param {DuckDBInstance} instance
   * @param {string} mainCatalog
   * @param {RunRequest & { id: number }} request
   * @param {(message: StatementMessage) => void} send
   */
  constructor(instance, mainCatalog, request, send) {
    this.instance = instance;
    this.mainCatalog = mainCatalog;
    this.request = request;
    this.send = send;
  }

  /** Ends with exactly one `end` or `failed`. */
  async run() {
    const { id } = this.request;
    try {
      const truncated = await this.#execute();
      await this.#release();
      this.send({ type: 'end', id, truncated });
    } catch (error) {
      await this.#release();
      this.send({ type: 'failed', id, error: toEngineError(error) });
    }
  }

  cancel() {
    this.#cancelled = true;
    this.#resume?.();
    this.#interrupting ??= setInterval(() => this.#connection?.interrupt(), interruptEveryMs);
    this.#connection?.interrupt();
  }

  acknowledge() {
    this.#onTheirWay -= 1;
    this.#resume?.();
  }

  /** @returns {Promise<boolean>} whether rows were left behind */
  async #execute() {
    this.#refuseWhenCancelled();
    const connection = (this.#connection = await this.instance.connect());
    await connection.run(`USE ${quoteIdentifier(this.mainCatalog)}`);
    await this.#begin(connection);
    const prepared = await this.#prepare(connection);
    this.#refuseWhenCancelled();
    const result = await prepared.stream();
    const wasStreaming = result.isStreaming;
    this.#sendColumns(result);
    const truncated = await this.#sendRows(result);
    // The fetch says nothing of an error in mid-stream, which looks like the end. But then it no longer is a stream.
    if (!truncated && wasStreaming && !result.isStreaming) await this.#failAgain(connection);
    return truncated;
  }

  /** @param {DuckDBConnection} connection */
  async #begin(connection) {
    if (this.request.mode !== 'write') await connection.run('BEGIN TRANSACTION READ ONLY');
  }

  /** @param {DuckDBConnection} connection */
  async #end(connection) {
    if (this.request.mode !== 'write') await connection.run('ROLLBACK');
  }

  /** @param {DuckDBConnection} connection */
  async #prepare(connection) {
    const { sql, mode } = this.request;
    const prepared = await connection.prepare(sql);
    refuseOthers(prepared, mode);
    const sent = mode === 'explain' ? await connection.prepare(`EXPLAIN ${sql}`) : prepared;
    this.#bind(sent);
    return sent;
  }

  /** @param {DuckDBPreparedStatement} prepared */
  #bind(prepared) {
    this.request.parameters.forEach((value, i) => {
      if (value === null) prepared.bindNull(i + 1);
      else if (typeof value === 'string') prepared.bindVarchar(i + 1, value);
      else prepared.bindList(i + 1, value, LIST(VARCHAR));
    });
  }

  /** @param {DuckDBResult} result */
  #sendColumns(result) {
    const columns = result.columnNames().map((name, i) => ({ name, type: typeText(result.columnType(i)) }));
    this.send({ type: 'columns', id: this.request.id, columns });
  }

  /** @param {DuckDBResult} result @returns {Promise<boolean>} whether a cap was met */
  async #sendRows(result) {
    const converters = result.columnTypes().map(converterOf);
    let { maxRows, maxBytes } = this.request;
    for (;;) {
      const chunk = await result.fetchChunk();
      this.#refuseWhenCancelled();
      if (!chunk || chunk.rowCount === 0) return false;
      let from = 0;
      let step = Math.max(1, Math.min(64, Math.floor(batchValues / converters.length)));
      while (from < chunk.rowCount) {
        if (maxRows === 0) return true;
        const to = Math.min(chunk.rowCount, from + step, from + maxRows);
        const batch = convert(chunk, converters, from, to, maxBytes);
        await this.#sendBatch(batch);
        if (batch.rowCount < to - from) return true;
        maxRows -= batch.rowCount;
        maxBytes -= batch.bytes;
        from = to;
        step = nextStep(batch, converters.length);
      }
    }
  }

  /** @param {Batch} batch */
  async #sendBatch({ columns, rowCount }) {
    if (rowCount === 0) return;
    while (this.#onTheirWay >= windowSize && !this.#cancelled) {
      await new Promise((resolve) => (this.#resume = () => resolve(undefined)));
    }
    this.#refuseWhenCancelled();
    this.#onTheirWay += 1;
    this.send({ type: 'batch', id: this.request.id, rowCount, columns });
  }

  /**
   * The binding does not give the error of a stream that broke off. Running it again without taking its rows does.
   *
   * @param {DuckDBConnection} connection
   */
  async #failAgain(connection) {
    this.#refuseWhenCancelled();
    await this.#end(connection);
    await this.#begin(connection);
    const again = await connection.prepare(`EXPLAIN ANALYZE ${this.request.sql}`);
    this.#bind(again);
    await again.run();
    throw new StatementError('Broken stream', 'the result broke off, and the engine does not say why');
  }

  #refuseWhenCancelled() {
    if (this.#cancelled) throw new StatementError('INTERRUPT', 'Interrupted!');
  }

  /** A next statement on the connection ends what is left of this one, and frees its memory now. */
  async #release() {
    clearInterval(this.#interrupting);
    const connection = this.#connection;
    this.#connection = undefined;
    if (!connection) return;
    await connection.run(this.request.mode === 'write' ? 'SELECT 1' : 'ROLLBACK').catch(() => undefined);
    connection.closeSync();
  }
}

/** @param {DuckDBPreparedStatement} prepared @param {StatementMode} mode */
function refuseOthers(prepared, mode) {
  const type = prepared.statementType;
  if ((mode === 'write' ? writingTypes : readingTypes).includes(type)) return;
  throw new StatementError(
    'Invalid Input',
    `only SELECT runs on this warehouse; this is a statement of type ${StatementType[type] ?? type}`,
  );
}

/** An error of ours in the engine's shape. */
class StatementError extends Error {
  /** @param {EngineError['kind']} kind @param {string} message */
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** @typedef {{ columns: SqlValue[][], rowCount: number, bytes: number }} Batch */

/**
 * Rows `from` to `to` of a chunk, as many as `maxBytes` lets through.
 *
 * @param {DuckDBDataChunk} chunk
 * @param {readonly import('./duckdb-child-values.js').Convert[]} converters
 * @param {number} from
 * @param {number} to
 * @param {number} maxBytes
 * @returns {Batch}
 */
function convert(chunk, converters, from, to, maxBytes) {
  const columns = converters.map((converter, c) => {
    const vector = chunk.getColumnVector(c);
    /** @type {SqlValue[]} */
    const values = new Array(to - from);
    for (let row = from; row < to; row++) {
      const value = vector.getItem(row);
      values[row - from] = value === null ? null : converter(value);
    }
    return values;
  });
  let bytes = 0;
  for (let row = 0; row < to - from; row++) {
    let rowBytes = 0;
    for (const values of columns) rowBytes += sizeOf(/** @type {SqlValue} */ (values[row]));
    if (bytes + rowBytes > maxBytes)
      return { columns: columns.map((values) => values.slice(0, row)), rowCount: row, bytes };
    bytes += rowBytes;
  }
  return { columns, rowCount: to - from, bytes };
}

/** @param {Batch} batch @param {number} width */
function nextStep({ bytes, rowCount }, width) {
  const perRow = Math.max(1, bytes / Math.max(1, rowCount));
  return Math.max(1, Math.floor(Math.min(batchBytes / perRow, batchValues / width)));
}
