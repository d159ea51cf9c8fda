import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../sql/index.js';
import { FakeAdapter } from '../testing/fake-adapter.js';
import { QueryCancelled, QueryRejected, QueryTimedOut } from '../warehouse.errors.js';
import { bounded } from './bounded-adapter.js';

const bounds = { maxStatements: 2, maxRows: 5, maxBytes: 1_000_000 };

function plan(sql: string): Statement {
  return { sql, parameters: [], origin: 'plan' };
}

/** Lets everything that can go on do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}

function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('bounded', () => {
  it('runs no more at once than allowed, in the order in which they came', async () => {
    const fake = new FakeAdapter();
    const adapter = bounded(fake, bounds);
    const aborts = Array.from({ length: 2 }, () => new AbortController());
    const running = aborts.map(({ signal }) => failureOf(adapter.query(plan('ENDLESS'), { signal })));
    const waiting = [3, 4, 5].map((n) => adapter.query(plan(`ROWS ${n}`)));
    await settle();
    expect(fake.running).toBe(2);
    expect(fake.statements.map(({ sql }) => sql)).toEqual(['ENDLESS', 'ENDLESS']);
    aborts[0]?.abort();
    expect((await Promise.all(waiting)).map(({ rows }) => rows.length)).toEqual([3, 4, 5]);
    expect(fake.statements.slice(2).map(({ sql }) => sql)).toEqual(['ROWS 3', 'ROWS 4', 'ROWS 5']);
    aborts[1]?.abort();
    expect(await Promise.all(running)).toEqual([expect.any(QueryCancelled), expect.any(QueryCancelled)]);
  });

  it('gives up a wait that is aborted, and the next one moves up', async () => {
    const fake = new FakeAdapter();
    const adapter = bounded(fake, { ...bounds, maxStatements: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const running = failureOf(adapter.query(plan('ENDLESS'), { signal: first.signal }));
    const waiting = failureOf(adapter.query(plan('ROWS 1'), { signal: second.signal }));
    const last = adapter.query(plan('ROWS 2'));
    await settle();
    second.abort();
    expect(await waiting).toBeInstanceOf(QueryCancelled);
    first.abort();
    await running;
    expect((await last).rows).toHaveLength(2);
    expect(fake.statements.map(({ sql }) => sql)).toEqual(['ENDLESS', 'ROWS 2']);
  });

  it('counts the wait for a turn as time', async () => {
    const fake = new FakeAdapter();
    const adapter = bounded(fake, { ...bounds, maxStatements: 4 });
    const startedAt = performance.now();
    const ends = await Promise.all(
      Array.from({ length: 12 }, () => failureOf(adapter.query(plan('ENDLESS'), { timeoutMs: 200 }))),
    );
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(ends).toEqual(ends.map(() => expect.any(QueryTimedOut) as unknown));
    expect(fake.statements).toHaveLength(4);
    expect(fake.running).toBe(0);
  });

  it('leaves a statement that waited only the rest of its time', async () => {
    const adapter = bounded(new FakeAdapter(), { ...bounds, maxStatements: 1 });
    const running = failureOf(adapter.query(plan('ENDLESS'), { timeoutMs: 100 }));
    const waiting = await failureOf(adapter.query(plan('ENDLESS'), { timeoutMs: 200 }));
    expect(await running).toBeInstanceOf(QueryTimedOut);
    expect(waiting).toBeInstanceOf(QueryTimedOut);
    expect((waiting as QueryTimedOut).details['timeoutMs']).toBeLessThanOrEqual(120);
  });

  it('does not wait at all when the signal was aborted before', async () => {
    const adapter = bounded(new FakeAdapter(), bounds);
    const signal = AbortSignal.abort();
    expect(await failureOf(adapter.query(plan('ROWS 1'), { signal }))).toBeInstanceOf(QueryCancelled);
  });

  it('gives the place back after an error and after a stream that is left', async () => {
    const adapter = bounded(new FakeAdapter(), { ...bounds, maxStatements: 1 });
    expect(await failureOf(adapter.query(plan('FAIL QueryRejected')))).toBeInstanceOf(QueryRejected);
    for await (const batch of adapter.stream(plan('ROWS 5000'))) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect((await adapter.query(plan('ROWS 1'))).rows).toEqual([[1]]);
  });

  it.each([
    { title: 'the default', options: {}, read: 5, truncated: true },
    { title: 'fewer rows when asked', options: { maxRows: 2 }, read: 2, truncated: true },
    { title: 'more rows when asked', options: { maxRows: 50 }, read: 10, truncated: false },
  ])('caps rows: $title', async ({ options, read, truncated }) => {
    const result = await bounded(new FakeAdapter(), bounds).query(plan('ROWS 10'), options);
    expect(result.rows).toHaveLength(read);
    expect(result.truncated).toBe(truncated);
  });

  it('caps bytes', async () => {
    const adapter = bounded(new FakeAdapter(), { ...bounds, maxRows: 1000, maxBytes: 80 });
    expect((await adapter.query(plan('ROWS 100'))).truncated).toBe(true);
  });

  it('does not cap streams', async () => {
    let rows = 0;
    for await (const batch of bounded(new FakeAdapter(), bounds).stream(plan('ROWS 3000')))
      rows += batch.length;
    expect(rows).toBe(3000);
  });

  it('bounds the statements of snapshots and of the adapter together', async () => {
    const fake = new FakeAdapter();
    const adapter = bounded(fake, bounds);
    const snapshot = await adapter.snapshot();
    const abort = new AbortController();
    const options = { signal: abort.signal };
    const all = [adapter, snapshot, snapshot].map((runner) =>
      failureOf(runner.query(plan('ENDLESS'), options)),
    );
    await settle();
    expect(fake.running).toBe(2);
    abort.abort();
    expect(await Promise.all(all)).toEqual([1, 2, 3].map(() => expect.any(QueryCancelled) as unknown));
  });
});
