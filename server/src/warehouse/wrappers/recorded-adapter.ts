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
  /** False when the engine never got it: refused, or given up before its turn or its connection came. */
  sent: boolean;
  /** Rows that came back, also before an error. */
  rows: number;
  truncated: boolean;
  /** `warehouse.query-timed-out`; null when it succeeded. */
  errorCode: string | null;
}

/** Reports each finished statement. A stream that is left early counts as finished, and as truncated. */
export function recorded(
  inner: WarehouseAdapter,
  report: (record: StatementRecord) => void,
  now: () => number = () => performance.now(),
): WarehouseAdapter {
  const finish = (statement: Statement, startedAt: number, outcome: Outcome): void =>
    report({
      sql: statement.sql,
      parameters: statement.parameters.length,
      origin: statement.origin,
      elapsedMs: now() - startedAt,
      ...outcome,
    });
  return wrapAdapter(inner, {
    async query(runner, statement, options) {
      const startedAt = now();
      const outcome: Outcome = { sent: true, rows: 0, truncated: false, errorCode: null };
      try {
        const result = await runner.query(statement, options);
        outcome.rows = result.rows.length;
        outcome.truncated = result.truncated;
        return result;
      } catch (error) {
        Object.assign(outcome, failed(error));
        throw error;
      } finally {
        finish(statement, startedAt, outcome);
      }
    },
    async *stream(runner, statement, options) {
      const startedAt = now();
      const outcome: Outcome = { sent: true, rows: 0, truncated: true, errorCode: null };
      try {
        for await (const batch of runner.stream(statement, options)) {
          outcome.rows += batch.length;
          yield batch;
        }
        outcome.truncated = false;
      } catch (error) {
        Object.assign(outcome, failed(error));
        throw error;
      } finally {
        finish(statement, startedAt, outcome);
      }
    },
  });
}

type Outcome = Pick<StatementRecord, 'sent' | 'rows' | 'truncated' | 'errorCode'>;

function failed(error: unknown): Pick<Outcome, 'sent' | 'errorCode'> {
  if (!(error instanceof DomainError)) return { sent: true, errorCode: 'unknown' };
  return { sent: error.details['sent'] !== false, errorCode: error.code };
}
