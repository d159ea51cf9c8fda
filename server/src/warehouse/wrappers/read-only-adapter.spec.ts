import { describe, expect, it } from 'vitest';
import type { Statement } from '../sql/index.js';
import type { StatementInspection } from '../warehouse-adapter.js';
import { FakeAdapter } from '../testing/fake-adapter.js';
import { QueryCancelled, QueryRejected, QueryTimedOut, StatementRefused } from '../warehouse.errors.js';
import { readOnly } from './read-only-adapter.js';

function user(sql: string): Statement {
  return { sql, parameters: [], origin: 'user' };
}

describe('readOnly', () => {
  it.each([
    { title: 'a query', run: (s: Statement, fake: FakeAdapter) => readOnly(fake).query(s) },
    {
      title: 'a stream',
      run: (s: Statement, fake: FakeAdapter) => readOnly(fake).stream(s)[Symbol.asyncIterator]().next(),
    },
    { title: 'an explanation', run: (s: Statement, fake: FakeAdapter) => readOnly(fake).explain(s) },
    {
      title: 'a query of a snapshot',
      run: async (s: Statement, fake: FakeAdapter) => (await readOnly(fake).snapshot()).query(s),
    },
  ])('refuses $title of a user’s with every reason, and sends nothing', async ({ run }) => {
    const fake = new FakeAdapter();
    const error = await run(user('WRITE a; WRITE b'), fake).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StatementRefused);
    expect((error as StatementRefused).details['refusals']).toHaveLength(2);
    expect((error as StatementRefused).message).toContain('more than one statement');
    expect((error as StatementRefused).message).toContain('WRITE is not a reading statement');
    expect(fake.statements).toEqual([]);
  });

  it('lets a user read', async () => {
    const { rows } = await readOnly(new FakeAdapter()).query(user('ROWS 2'));
    expect(rows).toEqual([[1], [2]]);
  });

  it.each(['plan', 'catalog'] as const)('does not inspect statements of origin %s', async (origin) => {
    const fake = new FakeAdapter({ inspect: () => ({ refusals: ['never'], countedRows: null }) });
    const { rows } = await readOnly(fake).query({ sql: 'ROWS 1', parameters: [], origin });
    expect(rows).toEqual([[1]]);
  });

  it('inspects each text once', async () => {
    const inspected: string[] = [];
    const inspect = (sql: string) => {
      inspected.push(sql);
      return { refusals: [], countedRows: null };
    };
    const adapter = readOnly(new FakeAdapter({ inspect }));
    await Promise.all([
      adapter.query(user('ROWS 1')),
      adapter.query(user('ROWS 1')),
      adapter.query(user('ROWS 2')),
    ]);
    await adapter.query(user('ROWS 1'));
    expect(inspected).toEqual(['ROWS 1', 'ROWS 2']);
  });

  it('ends one caller’s wait for a verdict, not the inspection that others wait for', async () => {
    let allow: (verdict: StatementInspection) => void = () => undefined;
    const verdict = new Promise<StatementInspection>((resolve) => (allow = resolve));
    const adapter = readOnly(new FakeAdapter({ inspect: () => verdict }));
    const abort = new AbortController();
    const cancelled = expect(adapter.query(user('ROWS 1'), { signal: abort.signal })).rejects.toBeInstanceOf(
      QueryCancelled,
    );
    const late = expect(adapter.query(user('ROWS 1'), { timeoutMs: 20 })).rejects.toBeInstanceOf(
      QueryTimedOut,
    );
    const patient = adapter.query(user('ROWS 1'));
    abort.abort();
    await Promise.all([cancelled, late]);
    allow({ refusals: [], countedRows: null });
    expect((await patient).rows).toEqual([[1]]);
  });

  it('asks again after an inspection that failed', async () => {
    let calls = 0;
    const inspect = () => {
      calls += 1;
      if (calls === 1) throw new QueryRejected('not now');
      return { refusals: [], countedRows: null };
    };
    const adapter = readOnly(new FakeAdapter({ inspect }));
    await expect(adapter.query(user('ROWS 1'))).rejects.toBeInstanceOf(QueryRejected);
    expect((await adapter.query(user('ROWS 1'))).rows).toEqual([[1]]);
  });

  it('keeps a bounded number of verdicts', async () => {
    let calls = 0;
    const inspect = () => {
      calls += 1;
      return { refusals: [], countedRows: null };
    };
    const adapter = readOnly(new FakeAdapter({ inspect }));
    for (let n = 0; n < 300; n++) await adapter.query(user(`ROWS ${n}`), { maxRows: 1 });
    await adapter.query(user('ROWS 299'), { maxRows: 1 });
    expect(calls).toBe(300);
    await adapter.query(user('ROWS 0'));
    expect(calls).toBe(301);
  });
});
