import { describe, expect, it } from 'vitest';
import type { QueryOptions, Row } from '../warehouse-adapter.js';
import { FakeAdapter } from '../testing/fake-adapter.js';
import type { Statement } from '../sql/index.js';
import { QueryTimedOut } from '../warehouse.errors.js';
import { timed } from './timed-adapter.js';

const endless: Statement = { sql: 'ENDLESS', parameters: [], origin: 'plan' };

async function timeoutOf(attempt: Promise<unknown>): Promise<unknown> {
  const error = await attempt.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(QueryTimedOut);
  return (error as QueryTimedOut).details['timeoutMs'];
}

async function drain(stream: AsyncIterable<readonly Row[]>): Promise<void> {
  for await (const batch of stream) expect(batch).toBeDefined();
}

describe('timed', () => {
  it.each([
    { title: 'the default', options: {}, timeoutMs: 20 },
    { title: 'a shorter one when asked', options: { timeoutMs: 5 }, timeoutMs: 5 },
    { title: 'the greatest one when asked for more', options: { timeoutMs: 60_000 }, timeoutMs: 40 },
  ] satisfies { title: string; options: QueryOptions; timeoutMs: number }[])(
    'gives queries, streams and snapshots $title',
    async ({ options, timeoutMs }) => {
      const adapter = timed(new FakeAdapter(), { defaultTimeoutMs: 20, maxTimeoutMs: 40 });
      const snapshot = await adapter.snapshot();
      expect(await timeoutOf(adapter.query(endless, options))).toBe(timeoutMs);
      expect(await timeoutOf(drain(adapter.stream(endless, options)))).toBe(timeoutMs);
      expect(await timeoutOf(snapshot.query(endless, options))).toBe(timeoutMs);
      expect(await timeoutOf(drain(snapshot.stream(endless, options)))).toBe(timeoutMs);
    },
  );

  it('gives inspections a time-out too, with the caller’s signal', async () => {
    const asked: QueryOptions[] = [];
    const fake = new FakeAdapter({
      inspect: (_sql, options) => {
        asked.push(options);
        return { refusals: [], countedRows: null };
      },
    });
    const { signal } = new AbortController();
    await timed(fake, { defaultTimeoutMs: 1000, maxTimeoutMs: 2000 }).inspect('ROWS 1', { signal });
    expect(asked).toEqual([{ timeoutMs: 1000, signal }]);
  });

  it('keeps the other options', async () => {
    const adapter = timed(new FakeAdapter(), { defaultTimeoutMs: 1000, maxTimeoutMs: 1000 });
    const { rows } = await adapter.query({ ...endless, sql: 'ROWS 10' }, { maxRows: 3 });
    expect(rows).toHaveLength(3);
  });
});
