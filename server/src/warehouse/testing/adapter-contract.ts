import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Statement } from '../sql/index.js';
import type { QueryOptions, Row, SqlValue, WarehouseAdapter } from '../warehouse-adapter.js';
import {
  ConnectionFailed,
  PermissionDenied,
  QueryCancelled,
  QueryRejected,
  QueryTimedOut,
  WarehouseError,
} from '../warehouse.errors.js';
import type { AdapterHarness } from './adapter-harness.js';

/** Far above what stopping takes, far below what an endless statement would. */
const stoppedInTimeMs = 10_000;

/** Texts on which quoting, encoding or splitting by hand would go wrong. */
const awkwardTexts: readonly { title: string; text: string | null }[] = [
  { title: 'null', text: null },
  { title: 'the empty text', text: '' },
  { title: 'quotes and a backslash', text: `it's "so" \\ \`here\` $1 $$ ? :name %s` },
  { title: 'other scripts and emoji', text: 'Grüße 東京 🧾 \u{1F468}\u200D\u{1F469} e\u0301' },
  { title: 'line breaks and controls', text: 'a\r\nb\tc\u0001\u2028d' },
  { title: 'an attack', text: `'; DROP TABLE orders; --` },
  { title: 'a comment', text: '*/ /* -- x' },
  { title: 'a long text', text: 'abc '.repeat(50_000) },
];

/** What every adapter keeps, the fake too. Wrappers come on top of it. */
export function describeAdapterContract(harness: AdapterHarness): void {
  const { statements, table } = harness;

  describe(`${harness.name} keeps the adapter contract`, () => {
    let adapter: WarehouseAdapter;

    beforeAll(async () => {
      adapter = await harness.open();
    });

    afterAll(async () => {
      await adapter.close();
      await harness.dispose();
    });

    async function withFresh(use: (fresh: WarehouseAdapter) => Promise<void>): Promise<void> {
      const fresh = await harness.open();
      try {
        await use(fresh);
      } finally {
        await fresh.close();
      }
    }

    describe('values', () => {
      it('gives every type as the contract says', async () => {
        const { rows } = await adapter.query(statements.everyType.statement);
        expect(rows).toEqual([statements.everyType.expected]);
      });

      it('names its columns and their categories', async () => {
        const { columns } = await adapter.query(statements.rows(1));
        expect(columns).toEqual([{ name: 'id', type: expect.any(String) as string, category: 'integer' }]);
      });

      it('names its columns when there are no rows', async () => {
        const { columns, rows } = await adapter.query(statements.rows(0));
        expect(columns.map((c) => c.name)).toEqual(['id']);
        expect(rows).toEqual([]);
      });

      it.each(awkwardTexts)('gives bound text back as it is: $title', async ({ text }) => {
        const { rows } = await adapter.query(statements.echo(text, []));
        expect(rows).toEqual([[text, 0]]);
      });

      it('gives back or refuses a NUL, and never cuts the text at it', async () => {
        const outcome = await adapter.query(statements.echo('a\0b', [])).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(QueryRejected);
        else expect(outcome).toMatchObject({ rows: [['a\0b', 0]] });
      });

      it.each([0, 1, 3, 5000])('binds a list of %i texts, nulls and quotes among them', async (length) => {
        const list = Array.from({ length }, (_, i) => (i % 3 === 1 ? null : `it's {"${i}"},\\`));
        const { rows } = await adapter.query(statements.echo('x', list));
        expect(rows).toEqual([['x', length]]);
      });
    });

    describe('caps', () => {
      it.each([
        { rows: 5, maxRows: 10, read: 5, truncated: false },
        { rows: 5, maxRows: 5, read: 5, truncated: false },
        { rows: 6, maxRows: 5, read: 5, truncated: true },
        { rows: 1_000_000, maxRows: 5000, read: 5000, truncated: true },
        { rows: 5, maxRows: 0, read: 0, truncated: true },
        { rows: 0, maxRows: 0, read: 0, truncated: false },
      ])('of $rows rows and at most $maxRows, reads $read', async ({ rows, maxRows, read, truncated }) => {
        const result = await adapter.query(statements.rows(rows), { maxRows });
        expect(result.rows).toHaveLength(read);
        expect(result.truncated).toBe(truncated);
      });

      it('stops at the byte cap and says so', async () => {
        const result = await adapter.query(statements.rows(1_000_000), { maxBytes: 100_000 });
        expect(result.truncated).toBe(true);
        expect(result.rows.length).toBeGreaterThan(0);
        expect(result.rows.length).toBeLessThan(100_000);
      });

      it('is whole below the byte cap', async () => {
        const result = await adapter.query(statements.rows(10), { maxBytes: 100_000 });
        expect(result.rows).toHaveLength(10);
        expect(result.truncated).toBe(false);
      });
    });

    describe('streams', () => {
      it('gives all rows, in batches', async () => {
        const ids: SqlValue[] = [];
        let batches = 0;
        for await (const batch of adapter.stream(statements.rows(50_000))) {
          batches += 1;
          for (const row of batch) ids.push(row[0] ?? null);
        }
        expect(batches).toBeGreaterThan(1);
        expect(ids.sort((a, b) => Number(a) - Number(b))).toEqual(
          Array.from({ length: 50_000 }, (_, i) => i + 1),
        );
      });

      it('keeps the row cap', async () => {
        expect(await collect(adapter.stream(statements.rows(50_000), { maxRows: 1234 }))).toHaveLength(1234);
      });

      it('ends when the loop is left, and the adapter goes on', async () => {
        let seen: readonly Row[] = [];
        for await (const batch of adapter.stream(statements.rows(100_000_000))) {
          seen = batch;
          break;
        }
        expect(seen.length).toBeGreaterThan(0);
        await expectWorks(adapter);
      });

      it('rejects as a query does', async () => {
        await expect(collect(adapter.stream(statements.unknownColumn))).rejects.toBeInstanceOf(QueryRejected);
      });

      it('keeps its time-out while it is read', async () => {
        const slowly = async (): Promise<void> => {
          const signal = AbortSignal.timeout(stoppedInTimeMs);
          for await (const batch of adapter.stream(statements.rows(100_000_000), { timeoutMs: 300 })) {
            if (batch.length === 0 || signal.aborted) return;
          }
        };
        await expect(slowly()).rejects.toBeInstanceOf(QueryTimedOut);
      });
    });

    describe('time-out and cancellation', () => {
      it('stops at the time-out while other statements go on', async () => {
        const startedAt = performance.now();
        const endless = failureOf(adapter.query(statements.endless, { timeoutMs: 300 }));
        await expectWorks(adapter);
        expect(await endless).toBeInstanceOf(QueryTimedOut);
        expect(performance.now() - startedAt).toBeLessThan(stoppedInTimeMs);
        await expectWorks(adapter);
      });

      it('runs nothing when the signal was aborted before', async () => {
        const signal = AbortSignal.abort();
        await expect(adapter.query(statements.rows(1), { signal })).rejects.toBeInstanceOf(QueryCancelled);
      });

      it('stops when the signal is aborted', async () => {
        const abort = new AbortController();
        const endless = failureOf(adapter.query(statements.endless, { signal: abort.signal }));
        await expectWorks(adapter);
        abort.abort();
        expect(await endless).toBeInstanceOf(QueryCancelled);
        await expectWorks(adapter);
      });

      it('stops a stream that waits for its first row', async () => {
        const abort = new AbortController();
        const options: QueryOptions = { signal: abort.signal };
        const endless = failureOf(collect(adapter.stream(statements.endless, options)));
        await expectWorks(adapter);
        abort.abort();
        expect(await endless).toBeInstanceOf(QueryCancelled);
      });

      it('leaves no listener on the signal', async () => {
        const abort = new AbortController();
        await adapter.query(statements.rows(1), { signal: abort.signal });
        abort.abort();
        await expectWorks(adapter);
      });
    });

    describe('refusals', () => {
      it('rejects an unknown column with the engine’s words', async () => {
        const error = await failureOf(adapter.query(statements.unknownColumn));
        expect(error).toBeInstanceOf(QueryRejected);
        expect((error as QueryRejected).message).not.toBe('');
        expect((error as QueryRejected).code).toBe('warehouse.query-rejected');
      });

      it('writes nothing, even past every allow-list', async () => {
        const before = await adapter.query(userSelect(statements.userSelect));
        const error = await failureOf(adapter.query(statements.write));
        expect(error instanceof QueryRejected || error instanceof PermissionDenied).toBe(true);
        expect((await adapter.query(userSelect(statements.userSelect))).rows).toEqual(before.rows);
      });

      it('says ConnectionFailed when nothing answers, without secrets', async () => {
        const unreachable = await harness.openUnreachable();
        try {
          for (const attempt of [
            () => unreachable.ping(),
            () => unreachable.query(statements.rows(1)),
            () => unreachable.describeTable(table),
          ]) {
            const error = await failureOf(attempt());
            expect(error).toBeInstanceOf(ConnectionFailed);
            expect(written(error)).not.toMatch(/secret|password=|hunter2/i);
          }
        } finally {
          await unreachable.close();
        }
      });
    });

    describe('introspection', () => {
      it('describes a table by each form of its name', async () => {
        const whole = await adapter.describeTable(table);
        expect(whole?.kind).toBe('table');
        expect(whole?.primaryKey).toEqual(['id']);
        expect(whole?.columns.map(({ name, category, nullable }) => ({ name, category, nullable }))).toEqual([
          { name: 'id', category: 'integer', nullable: false },
          { name: 'name', category: 'text', nullable: true },
          { name: 'amount', category: 'decimal', nullable: expect.any(Boolean) as boolean },
        ]);
        for (let parts = 1; parts <= table.length; parts++) {
          expect(await adapter.describeTable(table.slice(-parts))).toEqual(whole);
        }
      });

      it('gives the full name, by which it is found again', async () => {
        const described = await adapter.describeTable(table);
        expect(described?.name.length).toBeGreaterThanOrEqual(table.length);
        expect(await adapter.describeTable(described?.name ?? [])).toEqual(described);
      });

      it.each([
        { title: 'no such table', name: ['no_such_table'] },
        { title: 'no such schema', name: ['no_such_schema', table.at(-1) ?? ''] },
        { title: 'an attack', name: [`${table.at(-1)}'; DROP TABLE x; --`] },
        { title: 'a quoted name', name: [`"${table.at(-1)}"`] },
        { title: 'an empty name', name: [''] },
      ])('finds nothing: $title', async ({ name }) => {
        expect(await adapter.describeTable(name)).toBeUndefined();
      });

      it('lists the table by its full name and nothing of the engine’s own', async () => {
        const listed = await adapter.listTables();
        const described = await adapter.describeTable(table);
        expect(listed).toContainEqual(described?.name);
        expect(
          listed.map((name) => name.join('.')).filter((name) => /information_schema|pg_catalog/.test(name)),
        ).toEqual([]);
      });
    });

    describe('snapshots', () => {
      it('runs statements at the same time, reads the same data, and says whether it is consistent', async () => {
        const snapshot = await adapter.snapshot();
        try {
          expect(snapshot.consistent).toBe(adapter.capabilities.snapshot);
          const results = await Promise.all(
            Array.from({ length: 5 }, () => snapshot.query(userSelect(statements.userSelect))),
          );
          expect(new Set(results.map(({ rows }) => written(rows))).size).toBe(1);
          expect(await collect(snapshot.stream(statements.rows(10)))).toHaveLength(10);
        } finally {
          await snapshot.close();
        }
      });

      it('outlives a statement of its own that fails', async () => {
        const snapshot = await adapter.snapshot();
        try {
          await expect(snapshot.query(statements.unknownColumn)).rejects.toBeInstanceOf(QueryRejected);
          expect((await snapshot.query(statements.rows(3))).rows).toHaveLength(3);
          expect(snapshot.consistent).toBe(adapter.capabilities.snapshot);
        } finally {
          await snapshot.close();
        }
      });
    });

    describe('explanation and inspection', () => {
      it('explains without running', async () => {
        expect(await adapter.explain(statements.endless, { timeoutMs: stoppedInTimeMs })).not.toBe('');
      });

      it('does not explain what the engine refuses', async () => {
        await expect(adapter.explain(statements.unknownColumn)).rejects.toBeInstanceOf(QueryRejected);
      });

      it('lets a reading statement through', async () => {
        expect(await adapter.inspect(statements.userSelect)).toMatchObject({ refusals: [] });
        expect((await adapter.query(userSelect(statements.userSelect))).rows).toHaveLength(1);
      });

      it('inspects nothing when the signal was aborted before', async () => {
        const signal = AbortSignal.abort();
        await expect(adapter.inspect(statements.userSelect, { signal })).rejects.toBeInstanceOf(
          QueryCancelled,
        );
      });

      it.each(statements.refused)('refuses $title', async ({ sql }) => {
        const { refusals, countedRows } = await adapter.inspect(sql);
        expect(refusals).not.toEqual([]);
        expect(countedRows).toBeNull();
      });

      it('gives the rows behind a count', async () => {
        const { refusals, countedRows } = await adapter.inspect(statements.counting.sql);
        expect(refusals).toEqual([]);
        const counted = await adapter.query(userSelect(countedRows ?? ''));
        expect(counted.rows).toHaveLength(statements.counting.rows);
        const count = await adapter.query(userSelect(statements.counting.sql));
        expect(Number(count.rows[0]?.[0])).toBe(statements.counting.rows);
      });
    });

    describe('many and none', () => {
      it('runs twenty statements at once', async () => {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, i) => adapter.query(statements.rows(i * 100))),
        );
        expect(results.map(({ rows }) => rows.length)).toEqual(Array.from({ length: 20 }, (_, i) => i * 100));
      });

      it('cancels what runs when it is closed, and can be closed twice', async () => {
        await withFresh(async (fresh) => {
          await expectWorks(fresh);
          const endless = failureOf(fresh.query(statements.endless));
          await expectWorks(fresh);
          await Promise.all([fresh.close(), fresh.close()]);
          expect(await endless).toBeInstanceOf(WarehouseError);
          await fresh.close();
        });
      });

      it('says ConnectionFailed after it was closed', async () => {
        await withFresh(async (fresh) => {
          await fresh.close();
          await expect(fresh.query(statements.rows(1))).rejects.toBeInstanceOf(ConnectionFailed);
          await expect(collect(fresh.stream(statements.rows(1)))).rejects.toBeInstanceOf(ConnectionFailed);
          await expect(fresh.ping()).rejects.toBeInstanceOf(ConnectionFailed);
          await expect(fresh.describeTable(table)).rejects.toBeInstanceOf(ConnectionFailed);
        });
      });

      it('can be closed unused', async () => {
        const unused = await harness.open();
        await expect(unused.close()).resolves.toBeUndefined();
      });
    });

    async function expectWorks(working: WarehouseAdapter): Promise<void> {
      expect((await working.query(statements.rows(2))).rows).toEqual([[1], [2]]);
    }
  });
}

function userSelect(sql: string): Statement {
  return { sql, parameters: [], origin: 'user' };
}

/** Caught at once: a rejection in the background would end the test run. Undefined when there is none. */
function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function collect(stream: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of stream) rows.push(...batch);
  return rows;
}

/** A value, or an error with everything that it carries along, as text. */
function written(value: unknown): string {
  const error = value as { message?: string; details?: unknown; cause?: unknown };
  const plain = value instanceof Error ? [error.message, error.details, written(error.cause)] : value;
  return (
    JSON.stringify(plain, (_, field: unknown) => (typeof field === 'bigint' ? `${field}n` : field)) ?? ''
  );
}
