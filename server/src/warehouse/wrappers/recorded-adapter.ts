import { DomainError } from '../../platform/errors/index.js';
import type { Statement, StatementOrigin } from '../sql/index.js';
import type { WarehouseAdapter } from '../warehouse-adapter.js';
import { wrapAdapter } from './wrapped-adapter.js';

/** One finished statement. Values are counted and not kept: they may be somebody's data. */
export interface StatementRecord {
  sql: string;
  parameters: number;
  origin: StatementOrigin;
  elapsedMs: number;
  /** Rows that came back, also before an error. */
  rows: number;
  truncated: boolean;
  /** `warehouse.query-timed-out`; null when it succeeded. */
  errorCode: string | null;
}

export interface RecordedAdapter extends WarehouseAdapter {
  /** Finished statements that read table data (`plan` and `user`), failed ones included. */
  readonly dataStatements: number;
}

/** Reports each finished statement. A stream that is left early counts as finished, and as truncated. */
export function recorded(
  inner: WarehouseAdapter,
  report: (record: StatementRecord) => void,
  now: () => number = () => performance.now(),
): RecordedAdapter {
  let dataStatements = 0;
  const finish = (statement: Statement, startedAt: number, outcome: Outcome): void => {
    if (statement.origin !== 'catalog') dataStatements += 1;
    report({
      sql: statement.sql,
      parameters: statement.parameters.length,
      origin: statement.origin,
      elapsedMs: now() - startedAt,
      ...outcome,
    });
  };
  const wrapped = wrapAdapter(inner, {
    async query(runner, statement, options) {
      const startedAt = now();
      const outcome: Outcome = { rows: 0, truncated: false, errorCode: null };
      try {
        const result = await runner.query(statement, options);
        outcome.rows = result.rows.length;
        outcome.truncated = result.truncated;
        return result;
      } catch (error) {
        outcome.errorCode = codeOf(error);
        throw error;
      } finally {
        finish(statement, startedAt, outcome);
      }
    },
    async *stream(runner, statement, options) {
      const startedAt = now();
      const outcome: Outcome = { rows: 0, truncated: true, errorCode: null };
      try {
        for await (const batch of runner.stream(statement, options)) {
          outcome.rows += batch.length;
          yield batch;
        }
        outcome.truncated = false;
      } catch (error) {
        outcome.errorCode = codeOf(error);
        throw error;
      } finally {
        finish(statement, startedAt, outcome);
      }
    },
  });
  return Object.defineProperty(wrapped, 'dataStatements', { get: () => dataStatements }) as RecordedAdapter;
}

type Outcome = Pick<StatementRecord, 'rows' | 'truncated' | 'errorCode'>;

function codeOf(error: unknown): string {
  return error instanceof DomainError ? error.code : 'unknown';
}
