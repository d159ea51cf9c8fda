import type { Statement } from '../sql/index.js';
import type { ResultColumn, Row, StatementInspection } from '../warehouse-adapter.js';
import * as errors from '../warehouse.errors.js';

/** What a statement of the fake's comes to, before caps and time-outs. */
export type FakeOutcome =
  | { kind: 'rows'; columns: readonly ResultColumn[]; rows: Iterable<Row> }
  | { kind: 'endless' }
  | { kind: 'error'; error: Error };

type NamedError =
  'ConnectionFailed' | 'PermissionDenied' | 'QueryRejected' | 'QueryTimedOut' | 'ResourcesExhausted';

/**
 * The fake's own language, as small as the contract suite lets it be:
 * `ROWS 5` gives `id = 1 … 5`; `COUNT ROWS 5` their number; `ECHO` its text and its list's length;
 * `ENDLESS` never ends; `FAIL QueryRejected why` fails; `WRITE` tries to write.
 */
export function interpret({ sql, parameters }: Statement): FakeOutcome {
  const [word = '', argument = '', ...rest] = sql.trim().split(/\s+/);
  switch (word.toUpperCase()) {
    case 'ROWS':
      return { kind: 'rows', columns: [integerColumn('id')], rows: numbers(Number(argument)) };
    case 'COUNT':
      return { kind: 'rows', columns: [integerColumn('count')], rows: [[Number(rest[0])]] };
    case 'ECHO':
      return echo(parameters);
    case 'ENDLESS':
      return { kind: 'endless' };
    case 'FAIL':
      return { kind: 'error', error: new errors[argument as NamedError](rest.join(' ') || 'made to fail') };
    case 'WRITE':
      return { kind: 'error', error: new errors.QueryRejected('nothing may be written here') };
    default:
      return { kind: 'error', error: new errors.QueryRejected(`unknown statement: ${sql}`) };
  }
}

/** User SQL may read and count, one statement at a time. */
export function inspectFake(sql: string): StatementInspection {
  const refusals = [
    ...(sql.includes(';') ? ['more than one statement'] : []),
    ...(/^\s*WRITE\b/i.test(sql) ? ['WRITE is not a reading statement'] : []),
  ];
  const counted = /^\s*COUNT\s+(.+)$/is.exec(sql)?.[1];
  return { refusals, countedRows: refusals.length === 0 && counted !== undefined ? counted.trim() : null };
}

export function integerColumn(name: string): ResultColumn {
  return { name, type: 'INTEGER', category: 'integer' };
}

function* numbers(count: number): Iterable<Row> {
  for (let id = 1; id <= count; id++) yield [id];
}

function echo([text, list]: Statement['parameters']): FakeOutcome {
  const length = Array.isArray(list) ? list.length : 0;
  return {
    kind: 'rows',
    columns: [{ name: 'text', type: 'VARCHAR', category: 'text' }, integerColumn('length')],
    rows: [[text ?? null, length]],
  };
}
