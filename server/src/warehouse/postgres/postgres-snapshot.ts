import type { Statement } from '../sql/index.js';
import type { QueryOptions, QueryResult, Row, Snapshot } from '../warehouse-adapter.js';
import { WarehouseError } from '../warehouse.errors.js';
import { collect } from './collect.js';
import type { PostgresConnection } from './postgres-connection.js';
import type { PostgresDriver } from './postgres-driver.js';

const repeatableRead = 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY';
const ordinary = 'BEGIN TRANSACTION READ ONLY';
/** The leader waits in its transaction as long as the run takes. */
const leaderIdleMs = 24 * 60 * 60_000;

/**
 * A leader transaction exports its snapshot and waits; each statement imports it into a transaction of its own, so
 * that they run at the same time and one that fails spoils no other. Without a leader statements still run, and
 * `consistent` says that each saw its own state.
 */
export class PostgresSnapshot implements Snapshot {
  private isClosed = false;
  private isConsistent: boolean;

  private constructor(
    private readonly driver: PostgresDriver,
    private readonly leader: PostgresConnection | undefined,
    private readonly id: string,
    private readonly onClose: () => void,
  ) {
    this.isConsistent = leader !== undefined;
    leader?.onLoss(() => this.lose());
  }

  /** @throws ConnectionFailed | QueryTimedOut | QueryCancelled; a server that does not export is no error */
  static async open(
    driver: PostgresDriver,
    options: QueryOptions,
    onClose: () => void,
  ): Promise<PostgresSnapshot> {
    const leader = await driver.openSession(options, leaderIdleMs);
    try {
      await leader.command(repeatableRead);
      const [row] = await leader.rows('SELECT pg_export_snapshot()', []);
      return new PostgresSnapshot(driver, leader, snapshotId(row?.[0]), onClose);
    } catch (error) {
      await leader.close();
      if (error instanceof WarehouseError) throw error;
      return new PostgresSnapshot(driver, undefined, '', onClose);
    }
  }

  get consistent(): boolean {
    return this.isConsistent;
  }

  async query(statement: Statement, options: QueryOptions = {}): Promise<QueryResult> {
    return collect(this.driver.run(statement, options, (connection) => this.begin(connection)));
  }

  async *stream(statement: Statement, options: QueryOptions = {}): AsyncGenerator<readonly Row[]> {
    for await (const { rows } of this.driver.run(statement, options, (connection) =>
      this.begin(connection),
    )) {
      if (rows.length > 0) yield rows;
    }
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.onClose();
    await this.leader?.close();
  }

  private async begin(connection: PostgresConnection): Promise<void> {
    if (this.isConsistent) {
      try {
        await connection.command(`${repeatableRead}; SET TRANSACTION SNAPSHOT '${this.id}'`);
        return;
      } catch (error) {
        if (!connection.isAlive) throw error;
        // The leader is gone and its snapshot with it.
        this.lose();
        await connection.command('ROLLBACK');
      }
    }
    await connection.command(ordinary);
  }

  private lose(): void {
    if (!this.isClosed) this.isConsistent = false;
  }
}

function snapshotId(text: string | null | undefined): string {
  if (typeof text !== 'string' || !/^[0-9A-Fa-f-]+$/.test(text)) throw new Error('no snapshot id');
  return text;
}
