import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPostgresServer, type PostgresServer } from '../../platform/postgres-server/index.js';
import {
  call,
  identifier,
  list,
  parameter,
  render,
  renderForPeople,
  sql,
  type Statement,
} from '../sql/index.js';
import {
  ConnectionFailed,
  PermissionDenied,
  QueryCancelled,
  QueryRejected,
  QueryTimedOut,
  ResourcesExhausted,
} from '../warehouse.errors.js';
import { PostgresAdapter } from './postgres-adapter.js';
import { parsePostgresUrl, Secret, type PostgresConfig } from './postgres-config.js';
import { postgresDialect } from './postgres-dialect.js';

let directory: string;
let server: PostgresServer;
let owner: pg.Client;
const opened: PostgresAdapter[] = [];

const start = (): Promise<PostgresServer> =>
  startPostgresServer({ dataDirectory: path.join(directory, 'data'), settings: { fsync: 'off' } });

async function connectOwner(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server.connectionUrl('shop') });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'assay-adapter-'));
  server = await start();
  await server.createDatabase('shop');
  owner = await connectOwner();
  await owner.query(`
    CREATE ROLE reader LOGIN PASSWORD 'hunter2' NOSUPERUSER NOINHERIT;
    CREATE TABLE orders (id integer PRIMARY KEY, name text, amount numeric(18, 2), state text DEFAULT 'new');
    INSERT INTO orders SELECT n, 'order ' || n, n * 1.5 FROM generate_series(1, 100) n;
    CREATE TABLE hidden (secret text);
    CREATE SEQUENCE counter;
    CREATE VIEW big_orders AS SELECT * FROM orders WHERE amount > 100;
    CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM orders;
    CREATE SCHEMA facts;
    CREATE DOMAIN facts.percent AS numeric(5, 2) NOT NULL;
    CREATE TYPE facts.color AS ENUM ('red');
    CREATE DOMAIN facts.paint AS facts.color;
    CREATE DOMAIN facts.share AS facts.percent;
    CREATE DOMAIN facts.labels AS text[];
    CREATE TABLE facts.narrowed (paint facts.paint, share facts.share, labels facts.labels, shares facts.share[]);
    INSERT INTO facts.narrowed VALUES ('red', 1.50, '{a,b}', '{2.50}');
    CREATE TABLE facts.revenue (day date, shop integer, rate facts.percent, tags text[], color facts.color,
      at timestamptz(3), doc jsonb, raw bytea, span int4range, PRIMARY KEY (shop, day)) PARTITION BY RANGE (day);
    CREATE TABLE facts.orders (other integer);
    CREATE FUNCTION purge() RETURNS bigint LANGUAGE sql SECURITY DEFINER
      AS 'WITH gone AS (DELETE FROM orders RETURNING 1) SELECT count(*) FROM gone';
    GRANT USAGE ON SCHEMA facts TO reader;
    GRANT SELECT ON orders, big_orders, totals, facts.revenue, facts.orders, facts.narrowed TO reader;`);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((adapter) => adapter.close()));
});
afterAll(async () => {
  await owner.end();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

function open(config: Partial<PostgresConfig> = {}, parameters = ''): PostgresAdapter {
  const url = `postgres://reader:hunter2@127.0.0.1:${server.port}/shop${parameters}`;
  const adapter = new PostgresAdapter({ ...parsePostgresUrl(url), ...config });
  opened.push(adapter);
  return adapter;
}

const plan = (text: string, parameters: Statement['parameters'] = []): Statement => ({
  sql: text,
  parameters,
  origin: 'plan',
});
const user = (text: string): Statement => ({ sql: text, parameters: [], origin: 'user' });
const endless = plan('SELECT count(*) FROM (SELECT generate_series(1, 10000000000) AS a) g WHERE a % 7 = 8');

async function value(adapter: Pick<PostgresAdapter, 'query'>, text: string): Promise<unknown> {
  return (await adapter.query(plan(text))).rows[0]?.[0];
}

/** Other sessions of the role that do something now. */
async function activeStatements(): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'`,
  );
  return rows[0]?.n ?? 0;
}

describe('a statement that attacks, sent past every allow-list', () => {
  const contents = async (): Promise<unknown> =>
    (
      await owner.query(`
        SELECT (SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o), (SELECT last_value FROM counter),
               (SELECT count(*) FROM pg_class), (SELECT rolsuper FROM pg_roles WHERE rolname = 'reader'),
               (SELECT count(*) FROM pg_largeobject_metadata), current_setting('statement_timeout')`)
    ).rows;

  it.each([
    'DELETE FROM orders',
    'COMMIT',
    'COMMIT; DELETE FROM orders',
    'SELECT 1; DELETE FROM orders',
    'ROLLBACK',
    'SET default_transaction_read_only = off',
    'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
    'SET TRANSACTION READ WRITE',
    'RESET ALL',
    'WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM gone',
    'SELECT purge()',
    `SELECT nextval('counter')`,
    `SELECT setval('counter', 99)`,
    `SELECT set_config('default_transaction_read_only', 'off', false)`,
    `SELECT set_config('statement_timeout', '0', false)`,
    'CREATE TABLE made (a int)',
    'CREATE TEMP TABLE made (a int)',
    'SELECT 1 INTO made',
    'TRUNCATE orders',
    'ALTER ROLE reader SUPERUSER',
    'DROP TABLE orders',
    'SELECT lo_create(1)',
    `SELECT lo_import('/etc/passwd')`,
    `SELECT pg_read_file('/etc/passwd')`,
    `COPY orders TO PROGRAM 'cat'`,
    `COPY orders FROM '/etc/passwd'`,
    'DO $$ BEGIN DELETE FROM orders; END $$',
    'SELECT * FROM orders FOR UPDATE',
    'LOCK TABLE orders',
    'SELECT * FROM hidden',
    'SELECT rolpassword FROM pg_authid',
    'VACUUM orders',
    'PREPARE TRANSACTION $$x$$',
    'SELECT 1\0; DELETE FROM orders',
  ])('changes nothing: %s', async (text) => {
    const adapter = open();
    const before = await contents();
    await adapter.query(plan(text)).catch((error: unknown) => error);
    // The session that ran it serves the next statement.
    const next = await adapter.query(plan('DELETE FROM orders')).catch((error: unknown) => error);
    expect(next instanceof QueryRejected || next instanceof PermissionDenied).toBe(true);
    expect(await contents()).toEqual(before);
    expect(await value(adapter, 'SELECT count(*) FROM orders')).toBe(100);
  });

  it('is stopped by the transaction where the role could write', async () => {
    const adapter = new PostgresAdapter(parsePostgresUrl(server.connectionUrl('shop')));
    opened.push(adapter);
    const error = await adapter.query(plan('SELECT purge()')).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(QueryRejected);
    expect((error as QueryRejected).details).toMatchObject({ sqlstate: '25006' });
  });

  it('leaves no session settings to the next one', async () => {
    const adapter = open({ maxConnections: 1 });
    await adapter.query(user(`SELECT set_config('TimeZone', 'Asia/Tokyo', false)`));
    await adapter.query(plan(`SELECT set_config('TimeZone', 'Asia/Tokyo', false)`));
    expect(await value(adapter, `SELECT current_setting('TimeZone')`)).toBe('UTC');
  });

  it('has user SQL on a session of its own', async () => {
    const adapter = open({ maxConnections: 1 });
    const pid = 'SELECT pg_backend_pid()';
    const plans = [await value(adapter, pid), await value(adapter, pid)];
    const users = [
      (await adapter.query(user(pid))).rows[0]?.[0],
      (await adapter.query(user(pid))).rows[0]?.[0],
    ];
    expect(plans[0]).toBe(plans[1]);
    expect(new Set([...plans, ...users]).size).toBe(3);
  });
});

describe('a snapshot', () => {
  it('sees one state while another session commits, user SQL too', async () => {
    const adapter = open();
    const snapshot = await adapter.snapshot();
    await owner.query(`UPDATE orders SET state = 'paid'`);
    const inside = await Promise.all([
      value(snapshot, `SELECT count(*) FROM orders WHERE state = 'paid'`),
      snapshot
        .query(user(`SELECT count(*) FROM orders WHERE state = 'paid'`))
        .then(({ rows }) => rows[0]?.[0]),
    ]);
    expect(inside).toEqual([0, 0]);
    expect(await value(adapter, `SELECT count(*) FROM orders WHERE state = 'paid'`)).toBe(100);
    expect(snapshot.consistent).toBe(true);
    await snapshot.close();
    expect(snapshot.consistent).toBe(true);
    await owner.query(`UPDATE orders SET state = 'new'`);
  });

  it('goes on without its leader and says that it is not consistent', async () => {
    const snapshot = await open().snapshot();
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader' AND state LIKE 'idle in%'`,
    );
    expect(await value(snapshot, 'SELECT count(*) FROM orders')).toBe(100);
    expect(snapshot.consistent).toBe(false);
    await snapshot.close();
  });

  it('needs no turn of the pool for its leader', async () => {
    const adapter = open({ maxConnections: 1 });
    const snapshots = await Promise.all([adapter.snapshot(), adapter.snapshot()]);
    const counts = snapshots.flatMap((s) => [value(s, 'SELECT 1'), value(s, 'SELECT 1')]);
    expect(await Promise.all(counts)).toEqual([1, 1, 1, 1]);
    await Promise.all(snapshots.map((s) => s.close()));
  });

  it('ends its leader when the adapter is closed', async () => {
    const adapter = open();
    await adapter.snapshot();
    await adapter.close();
    await vi.waitFor(async () => {
      const { rowCount } = await owner.query(`SELECT 1 FROM pg_stat_activity WHERE usename = 'reader'`);
      expect(rowCount).toBe(0);
    });
  });
});

describe('stopping', () => {
  it.each<[string, (adapter: PostgresAdapter) => Promise<unknown>]>([
    ['a time-out', (adapter) => adapter.query(endless, { timeoutMs: 200 })],
    ['an abort', (adapter) => adapter.query(endless, { signal: AbortSignal.timeout(200) })],
    [
      'a time-out of user SQL',
      (adapter) => adapter.query({ ...endless, origin: 'user' }, { timeoutMs: 200 }),
    ],
  ])('after %s nothing runs on the server any more', async (_title, run) => {
    const error = await run(open()).catch((e: unknown) => e);
    expect(error instanceof QueryTimedOut || error instanceof QueryCancelled).toBe(true);
    await vi.waitFor(async () => expect(await activeStatements()).toBe(0));
  });

  it('gives up what waits for a lock', async () => {
    const locker = await connectOwner();
    await locker.query('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE');
    await expect(open().query(plan('SELECT * FROM orders'), { timeoutMs: 200 })).rejects.toBeInstanceOf(
      QueryTimedOut,
    );
    await locker.end();
  });

  it('says by whom it is held up when its time for a lock is over', async () => {
    const locker = await connectOwner();
    await locker.query('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE');
    const adapter = open({ lockTimeoutMs: 200 });
    const error = await adapter.query(plan('SELECT * FROM orders')).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(QueryTimedOut);
    expect((error as QueryTimedOut).message).toMatch(/locked by somebody else.* 0\.2 s/);
    expect((error as QueryTimedOut).details).toMatchObject({ sqlstate: '55P03' });
    await locker.end();
    expect(await value(adapter, 'SELECT count(*) FROM orders')).toBe(100);
  });

  it('gives up what waits for its turn, and the turn is not lost', async () => {
    const adapter = open({ maxConnections: 1 });
    const abort = new AbortController();
    const running = expect(adapter.query(endless, { signal: abort.signal })).rejects.toBeInstanceOf(
      QueryCancelled,
    );
    await expect(adapter.query(plan('SELECT 1'), { timeoutMs: 100 })).rejects.toBeInstanceOf(QueryTimedOut);
    abort.abort();
    await running;
    expect(await value(adapter, 'SELECT 1')).toBe(1);
  });

  it('cuts off a row that is too large for us', async () => {
    const adapter = open({ maxBatchBytes: 1024 * 1024 });
    const error = await adapter.query(user(`SELECT repeat('x', 200000000)`)).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ResourcesExhausted);
    expect(await value(adapter, 'SELECT 1')).toBe(1);
  });
});

describe('errors', () => {
  it('says PermissionDenied for what the role may not read', async () => {
    await expect(open().query(plan('SELECT * FROM hidden'))).rejects.toBeInstanceOf(PermissionDenied);
  });

  it('carries sqlstate and position', async () => {
    const error = await open()
      .query(plan('SELECT id, 1 / 0, nope FROM orders'))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(QueryRejected);
    expect((error as QueryRejected).details).toMatchObject({ sqlstate: '42703', position: 19 });
  });

  it.each<[string, Partial<PostgresConfig>]>([
    ['a wrong password', { password: new Secret('hunter3') }],
    ['an unknown database', { database: 'nowhere' }],
    ['an unknown host', { host: 'nowhere.invalid' }],
  ])('says ConnectionFailed with the place and no secret: %s', async (_title, change) => {
    const error = await open(change)
      .ping()
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionFailed);
    expect((error as Error).message).toContain(`:${server.port}/`);
    expect(inspect(error, { depth: 10 })).not.toMatch(/hunter\d/);
  });

  it('says ConnectionFailed where the server speaks no TLS', async () => {
    await expect(open({}, '?sslmode=require').ping()).rejects.toBeInstanceOf(ConnectionFailed);
  });
});

describe('sessions', () => {
  it('gives moments in UTC whatever the zone of the session', async () => {
    const adapter = open({ timeZone: 'Asia/Kathmandu' });
    expect(await value(adapter, `SELECT TIMESTAMPTZ '2025-12-01 00:00:00'`)).toBe('2025-11-30T18:15:00Z');
    expect(await value(adapter, `SELECT ARRAY[TIMESTAMPTZ '2025-12-01 00:00:00.25']`)).toEqual([
      '2025-11-30T18:15:00.25Z',
    ]);
  });

  it('takes the search path of the URL', async () => {
    const adapter = open({}, '?search_path=facts,public&application_name=test');
    expect((await adapter.describeTable(['orders']))?.name).toEqual(['facts', 'orders']);
    expect((await adapter.describeTable(['big_orders']))?.name).toEqual(['public', 'big_orders']);
    expect(await value(adapter, `SELECT current_setting('application_name')`)).toBe('test');
  });

  it('keeps to its number of connections', async () => {
    const adapter = open({ maxConnections: 3 });
    const pids = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        adapter.query({ ...plan('SELECT pg_backend_pid()'), origin: i % 2 ? 'plan' : 'user' }),
      ),
    );
    expect(pids).toHaveLength(12);
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'reader'`,
    );
    expect(rows[0]?.n).toBeLessThanOrEqual(3);
  });
});

describe('introspection', () => {
  it('describes types, keys and views', async () => {
    const adapter = open();
    const revenue = await adapter.describeTable(['shop', 'facts', 'revenue']);
    expect(revenue).toMatchObject({ name: ['facts', 'revenue'], kind: 'table', primaryKey: ['shop', 'day'] });
    expect(revenue?.columns.map((c) => [c.name, c.type, c.category, c.nullable])).toEqual([
      ['day', 'date', 'date', false],
      ['shop', 'integer', 'integer', false],
      ['rate', 'facts.percent', 'decimal', false],
      ['tags', 'text[]', 'nested', true],
      ['color', 'facts.color', 'enum', true],
      ['at', 'timestamp(3) with time zone', 'timestamptz', true],
      ['doc', 'jsonb', 'json', true],
      ['raw', 'bytea', 'binary', true],
      ['span', 'int4range', 'other', true],
    ]);
    expect(await adapter.describeTable(['big_orders'])).toMatchObject({ kind: 'view', primaryKey: [] });
    expect(await adapter.describeTable(['totals'])).toMatchObject({ kind: 'view' });
    expect(await adapter.describeTable(['other_db', 'facts', 'revenue'])).toBeUndefined();
  });

  it('sees through domains, also those over domains', async () => {
    const adapter = open();
    const narrowed = await adapter.describeTable(['facts', 'narrowed']);
    expect(narrowed?.columns.map((c) => [c.name, c.category, c.nullable])).toEqual([
      ['paint', 'enum', true],
      ['share', 'decimal', false],
      ['labels', 'nested', true],
      ['shares', 'nested', true],
    ]);
    const { columns, rows } = await adapter.query(plan('SELECT * FROM facts.narrowed'));
    expect(columns.map(({ category }) => category)).toEqual(['enum', 'decimal', 'nested', 'nested']);
    expect(rows).toEqual([['red', '1.50', ['a', 'b'], ['2.50']]]);
  });

  it('gives a result the same types as the description', async () => {
    const adapter = open();
    const described = await adapter.describeTable(['orders']);
    const { columns } = await adapter.query(plan('SELECT * FROM orders LIMIT 0'));
    expect(columns).toEqual(described?.columns.map(({ name, type, category }) => ({ name, type, category })));
  });

  it('lists what the role may read', async () => {
    expect(await open().listTables()).toEqual([
      ['facts', 'narrowed'],
      ['facts', 'orders'],
      ['facts', 'revenue'],
      ['public', 'big_orders'],
      ['public', 'orders'],
      ['public', 'totals'],
    ]);
  });
});

describe('the dialect', () => {
  const text = { kind: 'text' } as const;
  const awkward = [`it's`, 'a\\b', '{"x"}', null, ''];
  const fragment = sql`SELECT ${call('countIf', call('inList', identifier('name'), list(['order 1', 'order 2', null], text)))},
    ${call('countIf', call('regexMatches', identifier('name'), parameter('^order 1\\d$', text)))},
    ${call('asText', list(awkward, text))}, ${parameter('1.50', { kind: 'decimal', precision: 4, scale: 2 })},
    ${parameter('7', { kind: 'integer' })}, ${list([], { kind: 'uuid' })}, ${parameter(`it's \\ so`, text)}
    FROM ${identifier('public', 'orders')}`;

  it('means the same with placeholders and written out', async () => {
    const adapter = open();
    const bound = await adapter.query(render(fragment, postgresDialect));
    const written = await adapter.query(plan(renderForPeople(fragment, postgresDialect)));
    expect(bound.rows).toEqual([[2, 10, `{it's,"a\\\\b","{\\"x\\"}",NULL,""}`, '1.50', 7, [], `it's \\ so`]]);
    expect(written.rows).toEqual(bound.rows);
  });
});

describe('a server that is killed', () => {
  it('fails what runs with ConnectionFailed, and the adapter goes on when it is back', async () => {
    const adapter = open();
    expect(await value(adapter, 'SELECT 1')).toBe(1);
    const snapshot = await adapter.snapshot();
    const running = expect(adapter.query(endless)).rejects.toBeInstanceOf(ConnectionFailed);
    await vi.waitFor(async () => expect(await activeStatements()).toBe(1));
    const { port } = server;
    const { rows } = await owner.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
    const pidFile = await readFile(path.join(directory, 'data', 'postmaster.pid'), 'utf8');
    // A busy backend would outlive its postmaster.
    for (const pid of [Number(pidFile.split('\n')[0]), ...rows.map((row) => row.pid)])
      process.kill(pid, 'SIGKILL');
    await running;
    await expect(adapter.ping()).rejects.toBeInstanceOf(ConnectionFailed);
    server = await startPostgresServer({ dataDirectory: path.join(directory, 'data'), port });
    owner = await connectOwner();
    expect(await value(adapter, 'SELECT count(*) FROM orders')).toBe(100);
    expect(snapshot.consistent).toBe(false);
    await snapshot.close();
  });
});
