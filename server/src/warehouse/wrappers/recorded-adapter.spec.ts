import { describe, expect, it } from 'vitest';
import type { Statement, StatementOrigin } from '../sql/index.js';
import { FakeAdapter } from '../testing/fake-adapter.js';
import { QueryRejected } from '../warehouse.errors.js';
import { bounded } from './bounded-adapter.js';
import { readOnly } from './read-only-adapter.js';
import { recorded, type StatementRecord } from './recorded-adapter.js';

function statement(sql: string, origin: StatementOrigin = 'plan'): Statement {
  return { sql, parameters: ['secret', ['a', 'b']], origin };
}

function setUp() {
  const records: StatementRecord[] = [];
  let clock = 0;
  const now = (): number => (clock += 5);
  return { records, adapter: recorded(new FakeAdapter(), (record) => records.push(record), now) };
}

describe('recorded', () => {
  it('reports a query', async () => {
    const { adapter, records } = setUp();
    await adapter.query(statement('ROWS 10'), { maxRows: 3 });
    expect(records).toEqual([
      {
        sql: 'ROWS 10',
        parameters: 2,
        origin: 'plan',
        elapsedMs: 5,
        sent: true,
        rows: 3,
        truncated: true,
        errorCode: null,
      },
    ]);
  });

  it('reports a failure by its code, and passes it on', async () => {
    const { adapter, records } = setUp();
    await expect(adapter.query(statement('FAIL QueryRejected'))).rejects.toBeInstanceOf(QueryRejected);
    expect(records).toMatchObject([{ errorCode: 'warehouse.query-rejected', rows: 0 }]);
  });

  it('reports a stream when it ends, and one that is left as truncated', async () => {
    const { adapter, records } = setUp();
    const snapshot = await adapter.snapshot();
    let seen = 0;
    for await (const batch of snapshot.stream(statement('ROWS 2500'))) {
      expect(records).toEqual([]);
      seen += batch.length;
    }
    for await (const batch of adapter.stream(statement('ROWS 2500'))) {
      seen += batch.length;
      break;
    }
    expect(records).toMatchObject([
      { rows: 2500, truncated: false },
      { rows: seen - 2500, truncated: true },
    ]);
  });

  it('says which statements the engine never got', async () => {
    const records: StatementRecord[] = [];
    const fake = new FakeAdapter();
    const bounds = { maxStatements: 1, maxRows: 10, maxBytes: 1000 };
    const adapter = recorded(readOnly(bounded(fake, bounds)), (record) => records.push(record));
    const running = new AbortController();
    const waiting = new AbortController();
    const ends = [
      adapter.query(statement('ENDLESS'), { signal: running.signal }),
      adapter.query(statement('ROWS 1'), { signal: waiting.signal }),
      adapter.query(statement('ROWS 2'), { timeoutMs: 20 }),
      adapter.query(statement('WRITE', 'user')),
    ].map((end) => end.catch(() => undefined));
    await Promise.all(ends.slice(2));
    waiting.abort();
    await ends[1];
    running.abort();
    await ends[0];
    await adapter.query(statement('FAIL QueryRejected')).catch(() => undefined);
    expect(Object.fromEntries(records.map(({ sql, sent }) => [sql, sent]))).toEqual({
      WRITE: false,
      'ROWS 2': false,
      'ROWS 1': false,
      ENDLESS: true,
      'FAIL QueryRejected': true,
    });
    expect(fake.statements.map(({ sql }) => sql)).toEqual(['ENDLESS', 'FAIL QueryRejected']);
  });

  it('keeps no values', async () => {
    const { adapter, records } = setUp();
    await adapter.query(statement('ECHO'));
    expect(JSON.stringify(records)).not.toContain('secret');
  });
});
