import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { call, identifier, list, parameter, render, renderForPeople, sql } from '../sql/index.js';
import type { SqlFragment, Statement } from '../sql/index.js';
import { buildDuckDbFile, createTestDirectory, type TestDirectory } from '../testing/duckdb-files.js';
import { ConnectionFailed, QueryRejected, WarehouseError } from '../warehouse.errors.js';
import { DuckDbAdapter } from './duckdb-adapter.js';
import { parseDuckDbUrl } from './duckdb-config.js';
import { duckDbDialect } from './duckdb-dialect.js';

let directory: TestDirectory;
const adapters: DuckDbAdapter[] = [];

beforeAll(async () => {
  directory = await createTestDirectory();
  await buildDuckDbFile(directory.path('shop.duckdb'), [
    `CREATE TYPE size AS ENUM ('s', 'm')`,
    'CREATE SCHEMA facts',
    'CREATE TABLE facts.sales (day DATE, "Shop Id" INTEGER, size size, price DECIMAL(18,2), note JSON, tags VARCHAR[], PRIMARY KEY (day, "Shop Id"))',
    'CREATE VIEW facts.days AS SELECT DISTINCT day FROM facts.sales',
    'CREATE TABLE plain AS SELECT i AS id FROM range(10) r(i)',
  ]);
  await buildDuckDbFile(directory.path('crm.duckdb'), ['CREATE TABLE accounts AS SELECT 1 AS id']);
  await mkdir(directory.path('lake'));
  await writeFile(directory.path('lake/2025-01.csv'), 'id,amount\n1,1.50\n2,2.50\n');
  await writeFile(directory.path('lake/2025-02.csv'), 'id,amount\n3,3.50\n');
  await writeFile(directory.path('lake/secret.txt'), 'secret');
  await writeFile(directory.path('events.ndjson'), '{"id": 1}\n{"id": 2}\n');
  await writeFile(directory.path('text.duckdb'), 'this is no database at all');
  await writeFile(directory.path('empty.duckdb'), '');
});

afterEach(async () => {
  await Promise.all(adapters.splice(0).map((adapter) => adapter.close()));
});

afterAll(() => directory.remove());

function open(rest: string): DuckDbAdapter {
  const adapter = new DuckDbAdapter(parseDuckDbUrl(`duckdb:${rest}`, directory.path('.')));
  adapters.push(adapter);
  return adapter;
}

function statement(text: string): Statement {
  return { sql: text, parameters: [], origin: 'plan' };
}

async function failure(attempt: Promise<unknown>): Promise<Error> {
  return attempt.then(
    () => new Error('it did not fail'),
    (error: unknown) => error as Error,
  );
}

describe('A DuckDB warehouse', () => {
  it.each([
    { title: 'all parts', name: ['shop', 'facts', 'sales'] },
    { title: 'schema and table', name: ['facts', 'sales'] },
    { title: 'other case', name: ['FACTS', 'Sales'] },
  ])('describes a table by $title', async ({ name }) => {
    expect(await open('shop.duckdb').describeTable(name)).toEqual({
      name: ['shop', 'facts', 'sales'],
      kind: 'table',
      columns: [
        { name: 'day', type: 'DATE', category: 'date', nullable: false },
        { name: 'Shop Id', type: 'INTEGER', category: 'integer', nullable: false },
        { name: 'size', type: `ENUM('s', 'm')`, category: 'enum', nullable: true },
        { name: 'price', type: 'DECIMAL(18,2)', category: 'decimal', nullable: true },
        { name: 'note', type: 'JSON', category: 'json', nullable: true },
        { name: 'tags', type: 'VARCHAR[]', category: 'nested', nullable: true },
      ],
      primaryKey: ['day', 'Shop Id'],
    });
  });

  it('describes views, and tables of attached catalogs', async () => {
    const adapter = open('shop.duckdb?attach=crm=crm.duckdb');
    expect(await adapter.describeTable(['facts', 'days'])).toMatchObject({ kind: 'view', primaryKey: [] });
    expect((await adapter.describeTable(['crm', 'accounts']))?.name).toEqual(['crm', 'main', 'accounts']);
    expect(await adapter.describeTable(['accounts'])).toBeUndefined();
    expect(await adapter.listTables()).toEqual([
      ['crm', 'main', 'accounts'],
      ['shop', 'facts', 'days'],
      ['shop', 'facts', 'sales'],
      ['shop', 'main', 'plain'],
    ]);
  });

  it('is read-write and empty in memory, for our statements only', async () => {
    const adapter = open(':memory:');
    await adapter.query(statement('CREATE TABLE t AS SELECT 42 AS id'));
    expect((await adapter.query(statement('SELECT id FROM memory.main.t'))).rows).toEqual([[42]]);
    const byUser = { ...statement('DROP TABLE t'), origin: 'user' as const };
    expect(await failure(adapter.query(byUser))).toBeInstanceOf(QueryRejected);
    expect(await failure(adapter.query(statement(`COPY t TO 'x.csv'`)))).toBeInstanceOf(WarehouseError);
  });

  it('keeps the session’s zone', async () => {
    const config = { ...parseDuckDbUrl('duckdb::memory:'), timeZone: 'America/New_York' };
    const adapter = new DuckDbAdapter(config);
    adapters.push(adapter);
    const midnight = statement(`SELECT '2025-12-01 00:00:00'::TIMESTAMPTZ, current_setting('TimeZone')`);
    expect((await adapter.query(midnight)).rows).toEqual([['2025-12-01T05:00:00Z', 'America/New_York']]);
  });
});

describe('Data files', () => {
  it('are views named after their stem, and nothing else can be read', async () => {
    const adapter = open('lake/2025-01.csv?attach=events=events.ndjson');
    expect(await adapter.listTables()).toEqual([
      ['2025-01', 'main', '2025-01'],
      ['2025-01', 'main', 'events'],
    ]);
    expect((await adapter.query(statement('SELECT sum(amount) FROM "2025-01"'))).rows).toEqual([[4]]);
    expect((await adapter.query(statement('SELECT count(*) FROM events'))).rows).toEqual([[2]]);
    const other = statement(`SELECT * FROM '${directory.path('lake/2025-02.csv')}'`);
    expect(await failure(adapter.query(other))).toMatchObject({ code: 'warehouse.permission-denied' });
  });

  it('of a glob are one view, named after their directory', async () => {
    const adapter = open('lake/*.csv');
    expect((await adapter.query(statement('SELECT count(*) FROM lake'))).rows).toEqual([[3]]);
    expect((await adapter.describeTable(['lake']))?.columns.map((c) => c.category)).toEqual([
      'integer',
      'double',
    ]);
  });

  it('beside a DuckDB file have a catalog of their own', async () => {
    const adapter = open('shop.duckdb?attach=lake=lake/*.csv');
    const joined = statement('SELECT count(*) FROM lake.lake JOIN plain USING (id)');
    expect((await adapter.query(joined)).rows).toEqual([[3]]);
    expect((await adapter.snapshot()).consistent).toBe(false);
  });
});

describe('What cannot be opened', () => {
  it.each([
    { title: 'a missing file', url: 'nope.duckdb', says: /there is no file .*nope\.duckdb/ },
    {
      title: 'a missing attached file',
      url: 'shop.duckdb?attach=x=nope.duckdb',
      says: /no file .*nope\.duckdb/,
    },
    { title: 'a missing data file', url: 'nope.csv', says: /there is no file .*nope\.csv/ },
    { title: 'a glob of nothing', url: 'lake/*.parquet', says: /there is no file .*\*\.parquet/ },
    { title: 'a directory', url: 'lake', says: /is a directory/ },
    { title: 'another kind of file', url: 'text.duckdb', says: /is not a DuckDB file/ },
    { title: 'an empty file', url: 'empty.duckdb', says: /is not a DuckDB file/ },
  ])('says why: $title', async ({ url, says }) => {
    const error = await failure(open(url).ping());
    expect(error).toBeInstanceOf(ConnectionFailed);
    expect(error.message).toMatch(says);
  });

  it('says that a writer holds the file', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const path = directory.path('written.duckdb');
    const writer = await DuckDBInstance.create(path);
    const connection = await writer.connect();
    await connection.run('CREATE TABLE t AS SELECT 1 AS id');
    const adapter = open('written.duckdb');
    const error = await failure(adapter.ping());
    expect(error).toBeInstanceOf(ConnectionFailed);
    expect(error.message).toContain('written.duckdb');
    expect(error.message).toContain('if another process has the file open for writing');
    connection.closeSync();
    writer.closeSync();
    expect((await adapter.query(statement('SELECT id FROM t'))).rows).toEqual([[1]]);
  });
});

describe('The dialect, run', () => {
  const text = { kind: 'text' } as const;

  it('reads back any text that it quotes', async () => {
    const adapter = open(':memory:');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (value) => {
        const literal = renderForPeople(sql`SELECT ${parameter(value, text)}`, duckDbDialect);
        expect((await adapter.query(statement(literal))).rows).toEqual([[value]]);
      }),
      { numRuns: 100, examples: [["it's"], ['a\0b'], ['\0'], ['--'], ['$1']] },
    );
  });

  it.each([
    { value: '1', values: ['1', '2'], member: true },
    { value: '3', values: ['1', '2'], member: false },
    { value: '3', values: ['1', null], member: null },
    { value: '1', values: ['1', null], member: true },
    { value: null, values: ['1'], member: null },
    { value: null, values: [], member: false },
    { value: '3', values: [], member: false },
  ])('gives $value IN $values as IN does', async ({ value, values, member }) => {
    const adapter = open(':memory:');
    const type = { kind: 'integer' } as const;
    const fragment = sql`SELECT ${call('inList', parameter(value, type), list(values, type))}`;
    expect((await adapter.query(render(fragment, duckDbDialect))).rows).toEqual([[member]]);
    const readable = renderForPeople(fragment, duckDbDialect);
    expect((await adapter.query(statement(readable))).rows).toEqual([[member]]);
  });

  it('counts membership in 100,000 values over millions of rows in good time', async () => {
    const adapter = open(':memory:');
    await adapter.query(statement('CREATE TABLE big AS SELECT i % 1000000 AS k FROM range(3000000) r(i)'));
    const values = Array.from({ length: 100_000 }, (_, i) => String(i * 7));
    const member: SqlFragment = call('inList', identifier('k'), list(values, { kind: 'integer' }));
    const counted = render(sql`SELECT ${call('countIf', member)} FROM big`, duckDbDialect);
    expect((await adapter.query(counted, { timeoutMs: 20_000 })).rows).toEqual([[300_000]]);
  });

  it('knows what each of its calls does', async () => {
    const adapter = open(':memory:');
    const fragment = sql`SELECT ${call('regexMatches', parameter('abc', text), parameter('b.$', text))},
      ${call('asText', parameter('1.50', { kind: 'decimal', precision: 9, scale: 2 }))},
      ${call('countIf', sql`i > 2`)} FROM range(5) r(i)`;
    expect((await adapter.query(render(fragment, duckDbDialect))).rows).toEqual([[true, '1.50', 2]]);
  });
});
