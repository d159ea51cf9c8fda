import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectPostgresStatement } from './postgres-statement.js';

const attacks: [title: string, sql: string, reason: RegExp][] = [
  ['sleep', 'SELECT pg_sleep(100)', /function "pg_sleep" is not on the allow-list/],
  ['sleep, qualified', 'SELECT pg_catalog.pg_sleep(100)', /"pg_sleep"/],
  ['sleep, quoted', 'SELECT "pg_sleep"(100)', /"pg_sleep"/],
  ['sleep, Unicode escapes', 'SELECT U&"\\0070g_sleep"(100)', /"pg_sleep"/],
  ['sleep, upper case', 'SELECT PG_SLEEP(100)', /"pg_sleep"/],
  ['sleep in ORDER BY', 'SELECT 1 ORDER BY pg_sleep(1)', /"pg_sleep"/],
  ['sleep in LIMIT', 'SELECT 1 LIMIT (SELECT 1 FROM pg_sleep(1))', /"pg_sleep"/],
  ['sleep in OFFSET', 'SELECT 1 OFFSET pg_sleep(1)::text::int', /"pg_sleep"/],
  ['sleep in FILTER', 'SELECT count(*) FILTER (WHERE pg_sleep(1) IS NULL) FROM t', /"pg_sleep"/],
  [
    'sleep in a window frame',
    'SELECT sum(a) OVER (ROWS pg_sleep(1)::text::int PRECEDING) FROM t',
    /"pg_sleep"/,
  ],
  [
    'sleep in PARTITION BY',
    'SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY pg_sleep(1))',
    /"pg_sleep"/,
  ],
  ['sleep in WITHIN GROUP', 'SELECT mode() WITHIN GROUP (ORDER BY pg_sleep(1)) FROM t', /"pg_sleep"/],
  ['sleep in GROUP BY', 'SELECT 1 FROM t GROUP BY pg_sleep(1)', /"pg_sleep"/],
  ['sleep in HAVING', 'SELECT 1 FROM t HAVING pg_sleep(1) IS NULL', /"pg_sleep"/],
  ['sleep in DISTINCT ON', 'SELECT DISTINCT ON (pg_sleep(1)) 1 FROM t', /"pg_sleep"/],
  ['sleep in VALUES', 'VALUES (pg_sleep(1))', /"pg_sleep"/],
  ['sleep in a CTE', 'WITH x AS (SELECT pg_sleep(1)) SELECT * FROM x', /"pg_sleep"/],
  [
    'sleep in CYCLE',
    "WITH RECURSIVE x AS (SELECT 1 a UNION ALL SELECT a FROM x) CYCLE a SET c TO pg_sleep(1) DEFAULT 'n' USING p SELECT 1",
    /cannot be parsed|"pg_sleep"/,
  ],
  ['sleep in a lateral join', 'SELECT * FROM t, LATERAL (SELECT pg_sleep(t.a)) x', /"pg_sleep"/],
  ['sleep in FROM', 'SELECT * FROM pg_sleep(1)', /"pg_sleep"/],
  ['sleep in ROWS FROM', 'SELECT * FROM ROWS FROM (generate_series(1,2), pg_sleep(1))', /"pg_sleep"/],
  ['sleep in ON', 'SELECT * FROM t JOIN u ON pg_sleep(1) IS NULL', /"pg_sleep"/],
  ['sleep in CASE', 'SELECT CASE WHEN true THEN pg_sleep(1) END', /"pg_sleep"/],
  ['sleep in ARRAY', 'SELECT ARRAY[pg_sleep(1)]', /"pg_sleep"/],
  ['sleep in a subscript', 'SELECT a[pg_sleep(1)::text::int] FROM t', /"pg_sleep"/],
  ['sleep in ROW', 'SELECT ROW(pg_sleep(1))', /"pg_sleep"/],
  ['sleep as a named argument', 'SELECT make_interval(days => pg_sleep(1)::text::int)', /"pg_sleep"/],
  ['sleep in JSON_OBJECT', "SELECT JSON_OBJECT('a': pg_sleep(1))", /"pg_sleep"/],
  ['sleep in JSON_ARRAYAGG', 'SELECT JSON_ARRAYAGG(pg_sleep(1)) FROM t', /"pg_sleep"/],
  [
    'sleep in JSON_TABLE',
    "SELECT * FROM JSON_TABLE(pg_sleep(1)::text::jsonb, '$' COLUMNS (a int PATH '$'))",
    /"pg_sleep"/,
  ],
  ['sleep in TABLESAMPLE', 'SELECT * FROM t TABLESAMPLE system (pg_sleep(1)::text::int)', /"pg_sleep"/],
  [
    'sleep in a set operation',
    'SELECT 1 UNION ALL (SELECT 2 INTERSECT SELECT pg_sleep(1)::text::int)',
    /"pg_sleep"/,
  ],
  ['XML past the syntax tree', "SELECT query_to_xml('DELETE FROM t', true, true, '')", /"query_to_xml"/],
  ['XML constructor', 'SELECT xmlelement(name a, pg_sleep(1))', /XML/],
  ['XMLTABLE', "SELECT * FROM XMLTABLE('/a' PASSING x COLUMNS b int)", /xmltable/],
  ['text search past the syntax tree', "SELECT * FROM ts_stat('SELECT 1')", /"ts_stat"/],
  ['rewriting past the syntax tree', "SELECT ts_rewrite('a'::tsquery, 'SELECT 1')", /"ts_rewrite"/],
  ['sleep as a field of a value', 'SELECT (100::float8).pg_sleep', /may call a function/],
  ['setting as a field of a column', 'SELECT (s).current_setting FROM t', /may call a function/],
  ['sleep as a field of an element', 'SELECT a[1].pg_sleep FROM t', /may call a function/],
  [
    'sleep as a column of a function',
    'SELECT s.pg_sleep FROM unnest(ARRAY[100::float8]) s',
    /"s.pg_sleep" may call/,
  ],
  [
    'sleep as a column of a function without alias',
    'SELECT unnest.pg_sleep FROM unnest(ARRAY[100])',
    /may call/,
  ],
  [
    'sleep as a column of a lateral function',
    'SELECT (SELECT s.pg_sleep) FROM t, unnest(t.a) AS s',
    /may call/,
  ],
  ['sleep as alias and column', 'SELECT pg_sleep.pg_sleep FROM unnest(ARRAY[1]) pg_sleep (x)', /may call/],
  [
    'sleep as a column that another scope has',
    'SELECT s.pg_sleep, (SELECT 1 FROM unnest(b) s(pg_sleep)) FROM unnest(a) s',
    /may call/,
  ],
  ['sleep as a column of a cast', 'SELECT float8.pg_sleep FROM CAST(100 AS float8)', /needs an alias/],
  ['cursor past the syntax tree', "SELECT cursor_to_xml('c', 1, true, true, '')", /"cursor_to_xml"/],
  ['setting changed', "SELECT set_config('statement_timeout', '0', false)", /"set_config"/],
  ['setting read', "SELECT current_setting('data_directory')", /"current_setting"/],
  ['file read', "SELECT pg_read_file('/etc/passwd')", /"pg_read_file"/],
  ['binary file read', "SELECT pg_read_binary_file('/etc/passwd')", /"pg_read_binary_file"/],
  ['directory listed', "SELECT * FROM pg_ls_dir('/')", /"pg_ls_dir"/],
  ['file stat', "SELECT pg_stat_file('x')", /"pg_stat_file"/],
  ['large object import', "SELECT lo_import('/etc/passwd')", /"lo_import"/],
  ['large object export', "SELECT lo_export(1, '/tmp/x')", /"lo_export"/],
  ['large object made', 'SELECT lo_create(1)', /"lo_create"/],
  ['another connection', "SELECT * FROM dblink('', 'DELETE FROM t') AS x(a int)", /"dblink"/],
  ['another connection, exec', "SELECT dblink_exec('', 'DELETE FROM t')", /"dblink_exec"/],
  ['advisory lock', 'SELECT pg_advisory_lock(1)', /"pg_advisory_lock"/],
  ['advisory lock, try', 'SELECT pg_try_advisory_xact_lock(1)', /"pg_try_advisory_xact_lock"/],
  ['sequence moved', "SELECT nextval('s')", /"nextval"/],
  ['sequence set', "SELECT setval('s', 1)", /"setval"/],
  ['snapshot exported', 'SELECT pg_export_snapshot()', /"pg_export_snapshot"/],
  ['transaction id taken', 'SELECT txid_current()', /"txid_current"/],
  ['transaction id taken, new name', 'SELECT pg_current_xact_id()', /"pg_current_xact_id"/],
  ['message sent', "SELECT pg_notify('c', 'x')", /"pg_notify"/],
  ['WAL message', "SELECT pg_logical_emit_message(false, 'a', 'b')", /"pg_logical_emit_message"/],
  ['backend ended', 'SELECT pg_terminate_backend(1)', /"pg_terminate_backend"/],
  ['configuration reloaded', 'SELECT pg_reload_conf()', /"pg_reload_conf"/],
  ['random seed set', 'SELECT setseed(0.5)', /"setseed"/],
  ['function of the user', 'SELECT public.delete_all()', /belongs to schema "public"/],
  ['function of the user, unqualified', 'SELECT delete_all()', /"delete_all"/],
  [
    'function in another database',
    'SELECT db.pg_catalog.lower(a) FROM t',
    /belongs to schema "db.pg_catalog"/,
  ],
  ['operator of the user', 'SELECT 1 OPERATOR(public.+) 2', /operator "public\.\+"/],
  [
    'operator of the user in ORDER BY',
    'SELECT a FROM t ORDER BY a USING OPERATOR(public.<)',
    /operator "public\.<"/,
  ],
  [
    'operator of the user in ANY',
    'SELECT a OPERATOR(public.=) ANY (SELECT 1) FROM t',
    /operator "public\.="/,
  ],
  ['passwords', 'SELECT * FROM pg_authid', /system relation/],
  ['passwords, qualified', 'SELECT * FROM pg_catalog.pg_authid', /system relation/],
  ['passwords, by TABLE', 'TABLE pg_authid', /system relation/],
  ['passwords, Unicode escapes', 'SELECT * FROM U&"\\0070g_authid"', /system relation/],
  ['settings', 'SELECT * FROM pg_settings', /system relation/],
  ['sessions', 'SELECT * FROM pg_stat_activity', /system relation/],
  ['toast', 'SELECT * FROM pg_toast.pg_toast_1', /system relation/],
  ['user mappings', 'SELECT * FROM information_schema._pg_user_mappings', /system relation/],
  [
    'passwords of foreign servers',
    'SELECT * FROM information_schema.user_mapping_options',
    /"information_schema.user_mapping_options" is a system relation; of information_schema user SQL may read tables/,
  ],
  ['sources of functions', 'TABLE information_schema.routines', /"information_schema.routines" is a system/],
  ['settings of SQL', 'TABLE information_schema.sql_features', /system relation/],
  ['function of an extension, or anybody', "SELECT soundex('a')", /"soundex" is not on the allow-list/],
  ['catalog by oid', 'SELECT a::oid::regclass FROM generate_series(1, 9) a', /"regclass"/],
  ['roles by oid', "SELECT '{10}'::_regrole", /"regrole"/],
  ['role name', 'SELECT current_user', /"current_user"/],
  ['delete', 'DELETE FROM t', /changes data \(DELETE\); only one SELECT/],
  ['insert', 'INSERT INTO t VALUES (1)', /changes data \(INSERT\)/],
  ['update', 'UPDATE t SET a = 1', /changes data \(UPDATE\)/],
  ['merge', 'MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE', /changes data \(MERGE\)/],
  ['truncate', 'TRUNCATE t', /changes data \(TRUNCATE\)/],
  ['delete in a CTE', 'WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x', /changes data \(DELETE\)/],
  [
    'insert in a nested CTE',
    'SELECT (WITH x AS (INSERT INTO t VALUES (1) RETURNING a) SELECT a FROM x)',
    /INSERT/,
  ],
  ['select into', 'SELECT 1 INTO x', /SELECT INTO/],
  ['select into under a union', 'SELECT 1 INTO x UNION SELECT 2', /SELECT INTO/],
  ['table as', 'CREATE TABLE x AS SELECT 1', /CREATE TABLE AS/],
  ['row lock', 'SELECT * FROM t FOR UPDATE', /locks rows/],
  ['row lock, share', 'SELECT * FROM t FOR KEY SHARE OF t NOWAIT', /locks rows/],
  ['row lock in a subquery', 'SELECT * FROM (SELECT * FROM t FOR UPDATE) x', /locks rows/],
  ['copy to program', "COPY t TO PROGRAM 'rm -rf x'", /changes data \(COPY\)/],
  ['set', 'SET statement_timeout = 0', /is a SET/],
  ['show', 'SHOW ALL', /is a SHOW/],
  ['do', 'DO $$ BEGIN END $$', /is a DO/],
  ['call', 'CALL p()', /is a CALL/],
  ['explain analyze', 'EXPLAIN ANALYZE DELETE FROM t', /is an EXPLAIN/],
  ['prepare', 'PREPARE x AS SELECT 1', /is a PREPARE/],
  ['listen', 'LISTEN x', /is a LISTEN/],
  ['lock', 'LOCK TABLE t', /is a LOCK/],
  ['declare cursor', 'DECLARE c CURSOR WITH HOLD FOR SELECT 1', /only one SELECT/],
  ['commit and delete', 'COMMIT; DELETE FROM t', /2 statements were given/],
  ['two selects', 'SELECT 1; SELECT 2', /2 statements were given; only one SELECT is allowed/],
  ['second in dollar quotes’ shadow', "SELECT $$;$$; DROP TABLE t --'", /2 statements were given/],
  ['parameter', 'SELECT $1', /bind parameter/],
  ['sampling method', 'SELECT * FROM t TABLESAMPLE public.evil (1)', /sampling method "public.evil"/],
  ['NUL cuts what is parsed, not what is sent', 'SELECT 1\0; DELETE FROM t', /NUL/],
  ['nothing', '', /empty/],
  ['only a comment', '/* SELECT 1 */ ;', /empty/],
];

describe('inspectPostgresStatement refuses', () => {
  it.each(attacks)('%s', async (_title, sql, reason) => {
    const verdict = await inspectPostgresStatement(sql);
    expect(verdict.refusals.join('\n')).toMatch(reason);
    expect(verdict.countedRows).toBeNull();
  });

  it('with every reason, each once', async () => {
    const { refusals } = await inspectPostgresStatement(
      'SELECT pg_sleep(1), pg_sleep(2), nextval(a) FROM pg_class',
    );
    expect([...refusals].sort()).toEqual([
      expect.stringMatching(/^"pg_class" is a system relation/),
      expect.stringMatching(/^function "nextval"/),
      expect.stringMatching(/^function "pg_sleep"/),
    ]);
  });

  it('a misspelt function with the nearest allowed one', async () => {
    const { refusals } = await inspectPostgresStatement('SELECT date_truncate(a) FROM t');
    expect(refusals).toEqual([
      'function "date_truncate" is not on the allow-list of functions for user SQL; did you mean "date_trunc"?',
    ]);
  });

  it('a syntax error with its place, counted in characters', async () => {
    const { refusals } = await inspectPostgresStatement("SELECT 'ääé'\n  FROM FROM t");
    expect(refusals).toEqual([
      'the statement cannot be parsed: syntax error at or near "FROM" (line 2, character 8)',
    ]);
  });
});

const deep = (n: number, open: string, close = '') => open.repeat(n) + '1' + close.repeat(n);
const excessive: [title: string, sql: string][] = [
  ['10,000 parentheses', `SELECT ${deep(10_000, '(', ')')}`],
  ['10,000 brackets', `SELECT ${deep(5_000, 'ARRAY[', ']')}`],
  ['10,000 scalar subqueries', `SELECT ${deep(10_000, '(SELECT ', ')')}`],
  ['3,000 derived tables', `SELECT * FROM ${deep(3_000, '(SELECT * FROM ', ') x')}`],
  ['3,000 CASE', `SELECT ${deep(3_000, 'CASE WHEN a THEN ', ' END')}`],
  ['3,000 CASE in ELSE', `SELECT ${deep(3_000, 'CASE WHEN a THEN b ELSE ', ' END')}`],
  ['20,000 additions', `SELECT 1${'+1'.repeat(20_000)}`],
  ['20,000 NOT', `SELECT ${deep(20_000, 'NOT ')}`],
  ['5,000 joins', `SELECT * FROM t${' JOIN u ON a AND b'.repeat(5_000)}`],
  ['6,000 unions', `SELECT 1${' UNION SELECT 1'.repeat(6_000)}`],
  ['6,000 casts', `SELECT a${'::int'.repeat(6_000)}`],
  ['100,001 characters', `SELECT 1${' '.repeat(100_000)}`],
];

describe('inspectPostgresStatement stays whole on', () => {
  it.each(excessive)('%s', async (_title, sql) => {
    const { refusals } = await inspectPostgresStatement(sql);
    expect(refusals.join()).toMatch(/nested too deeply|characters; at most 100000/);
    expect((await inspectPostgresStatement('SELECT 1')).refusals).toEqual([]);
  });
});

const honest: string[] = [
  'SELECT * FROM orders',
  'TABLE orders',
  "VALUES (1, 'a'), (2, 'b')",
  "SELECT * FROM information_schema.columns WHERE table_name = 'orders'",
  'SELECT "Weird Name".* FROM "My Schema"."Weird Name";',
  `SELECT o.id, sum(o.amount) OVER (PARTITION BY o.region ORDER BY o.day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW),
     row_number() OVER w, lag(o.amount, 1, 0) OVER w FROM orders o WINDOW w AS (ORDER BY o.day)`,
  `WITH a AS MATERIALIZED (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a JOIN b ON b.y > a.x`,
  `WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 10) SEARCH DEPTH FIRST BY n SET o
     CYCLE n SET is_cycle USING path SELECT * FROM r`,
  `SELECT CASE WHEN a > 1 THEN 'x' ELSE 'y' END, coalesce(a, 0), nullif(a, 1), greatest(a, b) FROM t`,
  `SELECT date_trunc('month', d), d + INTERVAL '1 day', extract(year FROM d), d AT TIME ZONE 'UTC', age(d),
     to_char(d, 'YYYY-MM'), current_date, current_timestamp(3), localtime FROM t`,
  `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), string_agg(DISTINCT b, ',' ORDER BY b),
     count(*) FILTER (WHERE a IS NULL), count(DISTINCT a), array_agg(a), bool_or(c) FROM t`,
  `SELECT j -> 'a' ->> 'b', j #>> '{a,b}', j @> '{"a": 1}', j ? 'a', jsonb_array_elements(j), j IS JSON OBJECT,
     JSON_OBJECT('a': 1), JSON_VALUE(j, '$.a' RETURNING int DEFAULT 0 ON EMPTY) FROM t`,
  `SELECT * FROM JSON_TABLE('[1]'::jsonb, '$[*]' COLUMNS (a int PATH '$', NESTED PATH '$.x' COLUMNS (b text)))`,
  `SELECT * FROM json_to_recordset('[]') AS x(a int, b text)`,
  `SELECT t.*, x.* FROM t LEFT JOIN LATERAL (SELECT max(d) FROM u WHERE u.id = t.id) x ON true`,
  `SELECT a, b, grouping(a), sum(c) FROM t GROUP BY GROUPING SETS ((a, b), (a), ())`,
  `SELECT a, sum(c) FROM t GROUP BY ROLLUP (a), CUBE (b) HAVING sum(c) > 1 ORDER BY 2 DESC NULLS LAST LIMIT 5`,
  `SELECT * FROM t NATURAL JOIN u CROSS JOIN v FULL JOIN w USING (id)`,
  `SELECT g.g, u.a, e.key, e.value, x.n, x.ordinality, generate_subscripts.generate_subscripts FROM generate_series(1, 9) g,
     unnest(ARRAY[1]) u(a), json_each('{}') e, unnest(ARRAY[1]) WITH ORDINALITY AS x(n), generate_subscripts(ARRAY[1], 1)`,
  `SELECT r.a, r.b FROM json_to_recordset('[]') AS r(a int, b text)`,
  `SELECT * FROM generate_series(1, 10) WITH ORDINALITY AS g(a, n), unnest(ARRAY[1, 2]) x`,
  `SELECT a FROM t WHERE a IN (SELECT b FROM u) AND EXISTS (SELECT 1) AND a = ANY (ARRAY[1]) AND NOT a > ALL (SELECT 1)`,
  `SELECT a FROM t WHERE b LIKE 'x%' OR b ILIKE 'y' OR b SIMILAR TO '(a|b)' OR b ~ '^x' OR b !~* 'y'`,
  `SELECT a FROM t WHERE a BETWEEN 1 AND 2 OR a NOT BETWEEN SYMMETRIC 3 AND 1 OR a IS NOT DISTINCT FROM 4`,
  `SELECT trim(BOTH ' ' FROM a), substring(a FROM 1 FOR 2), position('x' IN a), overlay(a PLACING 'b' FROM 1)`,
  `SELECT (r).*, a[1], a[1:2], m.n.o, ROW(1, 2) = ROW(1, 2), (1, 2) OVERLAPS (3, 4), a COLLATE "C" FROM t`,
  `SELECT '1'::int, CAST(a AS numeric(10, 2)), b::text[], 'EUR'::shop.currency, DATE '2025-01-01', E'\\n', $x$y$x$`,
  `SELECT pg_catalog.lower(a), abs(-1), round(2.5, 1), width_bucket(a, 1, 10, 5), a % 2, a ^ 2, |/ a, @ a FROM t`,
  `SELECT * FROM t TABLESAMPLE bernoulli (10) REPEATABLE (1)`,
  `(SELECT 1 EXCEPT SELECT 2) UNION ALL (SELECT 3 INTERSECT ALL SELECT 4) ORDER BY 1 FETCH FIRST 1 ROWS WITH TIES`,
  `SELECT DISTINCT ON (a) a, b FROM ONLY t ORDER BY a, b USING <`,
  `SELECT json_build_object('a', 1), regexp_replace(a, 'x', 'y', 'g'), md5(a || '|' || b), split_part(a, ',', 1) FROM t`,
  `SELECT 1 WHERE ${Array.from({ length: 2_000 }, (_, i) => `a = ${i} AND b IN (${i}, 1)`).join(' OR ')}`,
  `SELECT md5(${Array.from({ length: 80 }, (_, i) => `coalesce(c${i}::text, '')`).join(` || '|' || `)}) FROM t`,
  `SELECT CASE a ${Array.from({ length: 1_000 }, (_, i) => `WHEN ${i} THEN ${i} + 1`).join(' ')} END FROM t`,
];

describe('inspectPostgresStatement passes', () => {
  it.each(honest.map((sql) => [sql]))('%s', async (sql) => {
    expect((await inspectPostgresStatement(sql)).refusals).toEqual([]);
  });
});

const informationViews = [
  'tables',
  'columns',
  'views',
  'schemata',
  'table_constraints',
  'key_column_usage',
  'constraint_column_usage',
  'referential_constraints',
  'check_constraints',
];

it.each(informationViews)('user SQL may read information_schema.%s', async (view) => {
  expect((await inspectPostgresStatement(`TABLE information_schema.${view}`)).refusals).toEqual([]);
});

const nothing = { functions: [], fields: [], operators: [], types: [], relations: [] };
const reached: [sql: string, reaches: Partial<Record<keyof typeof nothing, string[]>>][] = [
  ['SELECT 1', {}],
  ['SELECT a, t.*, s.t.b FROM s.t', { fields: ['b'], relations: ['t'] }],
  ['SELECT lower(1), pg_catalog.upper(1), trim(2), extract(year FROM a)', { functions: ['lower'] }],
  ['SELECT coalesce(1, 2), nullif(1, 2)', { operators: ['='] }],
  ['SELECT 1 + 2, 1 OPERATOR(pg_catalog.-) 2, - a', { operators: ['+', '-'] }],
  ['SELECT 1 WHERE a IN (1) AND b NOT IN (SELECT 1)', { operators: ['='] }],
  ['SELECT 1 WHERE a NOT BETWEEN 1 AND 2', { operators: ['<', '>', '<=', '>='] }],
  ['SELECT 1 WHERE a > ALL (SELECT 1) ORDER BY a USING <', { operators: ['<', '>'] }],
  ['SELECT 1 WHERE a ILIKE 1', { operators: ['~~*'] }],
  ['SELECT CASE a WHEN 1 THEN 2 END', { operators: ['='] }],
  ['SELECT CASE WHEN a THEN 2 END', {}],
  ['SELECT 1 FROM t JOIN u USING (a)', { operators: ['='], relations: ['t', 'u'] }],
  ['SELECT a::int, b::shop.money, c::_money', { types: ['int4', 'money', '_money'] }],
  ['SELECT x.value FROM unnest(a) x', { functions: ['unnest', 'value'], fields: ['value'] }],
];

describe('inspectPostgresStatement says what may be user-defined in', () => {
  it.each(reached)('%s', async (sql, reaches) => {
    const found = (await inspectPostgresStatement(sql)).reaches ?? nothing;
    const sorted = (names: object) =>
      Object.fromEntries(Object.entries(names).map(([kind, list]) => [kind, [...(list as string[])].sort()]));
    expect(sorted(found)).toEqual(sorted({ ...nothing, ...reaches }));
  });
});

const counted: [sql: string, rows: string | null][] = [
  [
    'SELECT COUNT(*) FROM t WHERE ABS(a-b) > 0.01 AND c = 0',
    'SELECT * FROM t WHERE ABS(a-b) > 0.01 AND c = 0',
  ],
  [
    'SELECT COUNT(*) FROM (SELECT id, COUNT(*) c FROM t GROUP BY id HAVING COUNT(*) > 1) d',
    'SELECT * FROM (SELECT id, COUNT(*) c FROM t GROUP BY id HAVING COUNT(*) > 1) d',
  ],
  ['with x as (select 1 from t) select count(1) as n from x;', 'with x as (select 1 from t) select * from x'],
  ['SELECT count(*) AS "from" FROM t', 'SELECT * FROM t'],
  ['SELECT count(*) AS from FROM t', 'SELECT * FROM t'],
  ['SELECT count(*) n FROM t', 'SELECT * FROM t'],
  ['SELECT ALL count ( * ) FROM t', 'SELECT ALL * FROM t'],
  ['/* from */ SELECT count(*) -- from\n FROM t -- the end', '/* from */ SELECT * -- from\n FROM t'],
  [
    "SELECT count(*) FROM t WHERE a = ' FROM '';' AND b = $$ FROM $$",
    "SELECT * FROM t WHERE a = ' FROM '';' AND b = $$ FROM $$",
  ],
  ['SELECT count(*) FROM t JOIN u USING (id), v', 'SELECT * FROM t JOIN u USING (id), v'],
  ["SELECT count(*) FROM t WHERE a = 'ä€😀' AND b", "SELECT * FROM t WHERE a = 'ä€😀' AND b"],
  ['SELECT count(NULL) FROM t', null],
  ['SELECT count(a) FROM t', null],
  ['SELECT count(DISTINCT 1) FROM t', null],
  ['SELECT count(*) FILTER (WHERE a) FROM t', null],
  ['SELECT count(*) OVER () FROM t', null],
  ['SELECT count(*) + 0 FROM t', null],
  ['SELECT count(*), 1 FROM t', null],
  ['SELECT DISTINCT count(*) FROM t', null],
  ['SELECT count(*) FROM t GROUP BY a', null],
  ['SELECT count(*) FROM t GROUP BY ()', null],
  ['SELECT count(*) FROM t HAVING true', null],
  ['SELECT count(*) FROM t ORDER BY 1', null],
  ['SELECT count(*) FROM t LIMIT 1', null],
  ['SELECT count(*) FROM t OFFSET 1', null],
  ['SELECT count(*) FROM t UNION SELECT 1', null],
  ['(SELECT count(*) FROM t)', null],
  ['SELECT count(*)', null],
  ['SELECT * FROM t', null],
  ['SELECT count(*) FROM pg_class', null],
];

describe('inspectPostgresStatement gives the rows behind', () => {
  it.each(counted)('%s', async (sql, rows) => {
    expect((await inspectPostgresStatement(sql)).countedRows).toBe(rows);
  });
});

describe('any honest statement', () => {
  const dml = fc.constantFrom(
    'DROP TABLE t',
    'DELETE FROM t',
    'UPDATE t SET a = 1',
    'TRUNCATE t',
    'SELECT 1',
    'COMMIT',
  );
  const gap = fc.constantFrom(' ', '\n', '/* ; */', '-- ;\n', '\t', '/* /* */ */');

  it('is refused with another behind it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...honest), gap, dml, gap, async (sql, before, other, after) => {
        const text = `${sql.replace(/;$/, '')}${before};${after}${other}${before};`;
        expect((await inspectPostgresStatement(text)).refusals).not.toEqual([]);
      }),
    );
  });

  it('whatever the text, gives a verdict and never throws', async () => {
    const piece = fc.constantFrom(
      'SELECT',
      'FROM',
      't',
      '(',
      ')',
      ',',
      "'",
      '"',
      '$$',
      '$a$',
      '--',
      '/*',
      '*/',
      '\n',
      ';',
      '1',
      '*',
      'count(*)',
      'WITH',
      'AS',
      "E'\\",
      'U&"',
      '\\',
      '😀',
      '\ud800',
      'pg_sleep(1)',
      ' ',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const { refusals, countedRows } = await inspectPostgresStatement(pieces.join(' '));
        if (pieces.includes('pg_sleep(1)') && refusals.length === 0) {
          // It may pass only where it is a text or a comment.
          expect(pieces.some((p) => /['"$]|--|\/\*/.test(p))).toBe(true);
        }
        if (refusals.length > 0) expect(countedRows).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
