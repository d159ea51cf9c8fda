import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgresServer, type PostgresServer } from '../../platform/postgres-server/index.js';
import type { Statement } from '../sql/index.js';
import { PostgresAdapter } from './postgres-adapter.js';
import { parsePostgresUrl } from './postgres-config.js';

let directory: string;
let server: PostgresServer;
const adapters = new Map<string, PostgresAdapter>();

/** Everything of this database says so when it runs. */
const hostile = `
  CREATE TABLE orders (id integer, danger2 integer);
  CREATE TYPE pair AS (a integer, b integer);
  CREATE TABLE pairs (id integer, p pair);
  CREATE TABLE cargo (weight integer);
  CREATE TABLE boxes (id integer, c cargo);
  CREATE DOMAIN some_orders AS orders;
  INSERT INTO orders VALUES (1, 2);
  INSERT INTO pairs VALUES (1, (1, 2));
  INSERT INTO cargo VALUES (1);
  INSERT INTO boxes VALUES (1, ROW(1));
  CREATE FUNCTION run() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'it ran'; END $$;
  CREATE FUNCTION danger3(orders) RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT run()';
  CREATE FUNCTION danger_any(anyelement) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION danger_more(orders, integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION danger_domain(some_orders) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION danger_list(VARIADIC anyarray) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION lower(orders) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION value(integer) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION "coalesce"(integer) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION combine(orders, integer) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION negate(orders) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE FUNCTION compare(pair, pair) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN run() = 1; END';
  CREATE OPERATOR + (LEFTARG = orders, RIGHTARG = integer, FUNCTION = combine);
  CREATE OPERATOR - (RIGHTARG = orders, FUNCTION = negate);
  CREATE OPERATOR = (LEFTARG = pair, RIGHTARG = pair, FUNCTION = compare);
  CREATE OPERATOR >= (LEFTARG = pair, RIGHTARG = pair, FUNCTION = compare);
  CREATE FUNCTION odd(integer) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN run() = 1; END';
  CREATE DOMAIN checked AS integer CHECK (odd(VALUE));
  CREATE DOMAIN checked_again AS checked;
  CREATE TYPE holder AS (inner_value checked_again);
  CREATE FUNCTION weigh(cargo) RETURNS float8 LANGUAGE sql AS 'SELECT run()::float8';
  CREATE FUNCTION spell(pair) RETURNS text LANGUAGE sql AS 'SELECT run()::text';
  CREATE TABLE notes (id integer);
  INSERT INTO notes VALUES (1);
  CREATE FUNCTION danger_text(text) RETURNS integer LANGUAGE sql AS 'SELECT run()';
  CREATE CAST (notes AS text) WITH INOUT AS IMPLICIT;
  CREATE CAST (cargo AS float8) WITH FUNCTION weigh(cargo) AS IMPLICIT;
  CREATE CAST (pair AS text) WITH FUNCTION spell(pair);`;

const honest = `
  CREATE EXTENSION citext;
  CREATE EXTENSION hstore;
  CREATE EXTENSION pg_trgm;
  CREATE TYPE currency AS ENUM ('EUR');
  CREATE DOMAIN percent AS numeric CHECK (VALUE BETWEEN 0 AND 100);
  CREATE TABLE orders (id integer PRIMARY KEY, name citext, tags hstore, state text, share percent,
    money currency DEFAULT 'EUR');
  INSERT INTO orders VALUES (1, 'Anna', 'a=>1', 'new', 5);
  CREATE FUNCTION state(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
  CREATE FUNCTION total(orders) RETURNS integer LANGUAGE sql AS 'SELECT 1';
  CREATE FUNCTION purge() RETURNS integer LANGUAGE sql AS 'SELECT 1';
  CREATE FUNCTION differs(orders, orders) RETURNS boolean LANGUAGE sql AS 'SELECT true';
  CREATE OPERATOR ~=~ (LEFTARG = orders, RIGHTARG = orders, FUNCTION = differs);`;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'assay-user-code-'));
  server = await startPostgresServer({
    dataDirectory: path.join(directory, 'data'),
    settings: { fsync: 'off' },
  });
  for (const [database, text] of Object.entries({ hostile, honest })) {
    await server.createDatabase(database);
    const client = new pg.Client({ connectionString: server.connectionUrl(database) });
    await client.connect();
    await client.query(text);
    await client.end();
    adapters.set(database, new PostgresAdapter(parsePostgresUrl(server.connectionUrl(database))));
  }
});
afterAll(async () => {
  await Promise.all([...adapters.values()].map((adapter) => adapter.close()));
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

const user = (text: string): Statement => ({ sql: text, parameters: [], origin: 'user' });

const callOnly = 'is user-defined; user SQL may call only built-in functions';
const useOnly = 'is user-defined; user SQL may use only built-in operators';

describe('code of somebody, reached from a text that looks fine', () => {
  it.each([
    ['SELECT o.danger3 FROM orders o', `function "public.danger3" ${callOnly}`],
    ['SELECT orders.danger3 FROM public.orders', `function "public.danger3" ${callOnly}`],
    ['SELECT 1 FROM orders o ORDER BY o.danger3', `function "public.danger3" ${callOnly}`],
    ['SELECT o.danger_any FROM (SELECT id FROM orders) o', `function "public.danger_any" ${callOnly}`],
    ['SELECT o.danger_more FROM orders o', `function "public.danger_more" ${callOnly}`],
    ['SELECT o.danger_domain FROM orders o', `function "public.danger_domain" ${callOnly}`],
    ['SELECT o.danger_list FROM orders o', `function "public.danger_list" ${callOnly}`],
    ['SELECT lower(o) FROM orders o', `function "public.lower" ${callOnly}`],
    ['SELECT "coalesce"(1)', `function "public.coalesce" ${callOnly}`],
    ['SELECT x.value FROM unnest(ARRAY[1]) x', `function "public.value" ${callOnly}`],
    ['SELECT o + 1 FROM orders o', `operator "public.+" ${useOnly}`],
    ['SELECT - o FROM orders o', `operator "public.-" ${useOnly}`],
    ['SELECT p = p FROM pairs', `operator "public.=" ${useOnly}`],
    ['SELECT CASE p WHEN p THEN 1 END FROM pairs', `operator "public.=" ${useOnly}`],
    ['SELECT NULLIF(p, p) FROM pairs', `operator "public.=" ${useOnly}`],
    ['SELECT p IS DISTINCT FROM p FROM pairs', `operator "public.=" ${useOnly}`],
    ['SELECT p IN (SELECT p FROM pairs) FROM pairs', `operator "public.=" ${useOnly}`],
    ['SELECT 1 FROM pairs a JOIN pairs b USING (p)', `operator "public.=" ${useOnly}`],
    ['SELECT 1 FROM pairs a NATURAL JOIN pairs b', `operator "public.=" ${useOnly}`],
    ['SELECT p BETWEEN p AND p FROM pairs', `operator "public.>=" ${useOnly}`],
    ['SELECT 1::checked', `a check of a type, function "public.odd" ${callOnly}`],
    [`SELECT '{1}'::checked_again[]`, `a check of a type, function "public.odd" ${callOnly}`],
    [`SELECT '(1)'::holder`, `a check of a type, function "public.odd" ${callOnly}`],
    [
      `SELECT * FROM json_to_recordset('[{"a": 1}]') AS x(a checked)`,
      `a check of a type, function "public.odd" ${callOnly}`,
    ],
    ['SELECT abs(c) FROM cargo c', `the function of a cast, function "public.weigh" ${callOnly}`],
    ['SELECT abs(c) FROM boxes', `the function of a cast, function "public.weigh" ${callOnly}`],
    ['SELECT n.danger_text FROM notes n', `an implicit cast of rows of "public.notes" ${callOnly}`],
    ['SELECT p::text FROM pairs', `the function of a cast, function "public.spell" ${callOnly}`],
  ])('%s', async (text, refusal) => {
    const adapter = adapters.get('hostile')!;
    await expect(adapter.query(user(text))).rejects.toThrow('it ran');
    expect(await adapter.inspect(text)).toEqual({
      refusals: expect.arrayContaining([refusal]) as unknown,
      countedRows: null,
    });
  });

  it.each([
    'SELECT pg_catalog.lower(state) FROM orders WHERE id OPERATOR(pg_catalog.=) 1',
    'SELECT o.id, o.danger2 FROM orders o WHERE id > 0',
    'SELECT abs(id)::text FROM orders',
  ])('is not where its names are not: %s', async (text) => {
    expect((await adapters.get('hostile')!.inspect(text)).refusals).toEqual([]);
  });

  it('is seen as soon as it is there', async () => {
    const adapter = adapters.get('honest')!;
    const text = 'SELECT o.later FROM orders o';
    expect((await adapter.inspect(text)).refusals).toEqual([]);
    const client = new pg.Client({ connectionString: server.connectionUrl('honest') });
    await client.connect();
    await client.query(
      `CREATE SCHEMA hidden; CREATE FUNCTION hidden.later(orders) RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
    );
    await client.end();
    expect((await adapter.inspect(text)).refusals).toEqual([`function "hidden.later" ${callOnly}`]);
  });
});

describe('honest SQL in a database with code of somebody and of extensions', () => {
  it.each([
    'SELECT 1',
    'SELECT * FROM orders',
    'SELECT count(*) FROM orders o WHERE o.state = $$new$$ AND o.id BETWEEN 0 AND 9',
    `SELECT lower(o.name), o.name = 'ANNA', replace(name, 'a', 'b'), o.tags -> 'a', tags ? 'b', 'x' % o.state
       FROM orders o`,
    `SELECT CAST(id AS text), 'EUR'::currency, '5'::percent, 'x'::citext, 'a=>1'::hstore FROM orders`,
    `SELECT sum(o.share), max(o.name), o.state FROM orders o JOIN orders p USING (id) GROUP BY o.state ORDER BY 1`,
    `SELECT e.key, e.value FROM json_each('{"a": 1}') e`,
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
    `SELECT pg_typeof(id), pg_column_size(o), enum_range(money), hashtextextended(state, 1), gen_random_uuid(),
       set_bit('\\x00'::bytea, 0, 1), set_byte('\\x00'::bytea, 0, 1), convert('\\x61'::bytea, 'UTF8', 'LATIN1')
       FROM orders o`,
  ])('%s', async (text) => {
    const adapter = adapters.get('honest')!;
    expect((await adapter.inspect(text)).refusals).toEqual([]);
    expect((await adapter.query(user(text))).rows.length).toBeGreaterThan(0);
  });
});
