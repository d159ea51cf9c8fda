import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDuckDbStatement } from './duckdb-statement.js';
import type { StatementInspection } from './statement-inspection.js';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function inspect(sql: string): Promise<StatementInspection> {
  const answer = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  return inspectDuckDbStatement(JSON.parse(String(answer.getRows()[0]?.[0])), sql);
}

const attacks: [title: string, sql: string, reason: RegExp][] = [
  ['text file', "SELECT * FROM read_text('/etc/passwd')", /"read_text" is not on the allow-list/],
  ['blob file', "SELECT * FROM read_blob('/etc/passwd')", /"read_blob"/],
  ['csv file', "SELECT * FROM read_csv('x.csv')", /"read_csv"/],
  ['csv file, auto', "SELECT * FROM read_csv_auto('x.csv')", /"read_csv_auto"/],
  ['csv sniffed', "SELECT * FROM sniff_csv('x.csv')", /"sniff_csv"/],
  ['json file', "SELECT * FROM read_json('x.json')", /"read_json"/],
  ['parquet file', "SELECT * FROM read_parquet('x.parquet')", /"read_parquet"/],
  ['parquet scan', "SELECT * FROM parquet_scan('x')", /"parquet_scan"/],
  ['parquet metadata', "SELECT * FROM parquet_metadata('x')", /"parquet_metadata"/],
  ['database file', "SELECT * FROM read_duckdb('x.duckdb')", /"read_duckdb"/],
  ['directory listed', "SELECT * FROM glob('/etc/*')", /"glob"/],
  ['file as a relation', "SELECT * FROM 'x.csv'", /looks like a file/],
  ['file as a relation, quoted name', 'FROM "dir/x"', /looks like a file/],
  ['file as a qualified name', 'SELECT * FROM orders.csv', /looks like a file/],
  ['URL as a relation', "SELECT * FROM 'https://host.invalid/x'", /looks like a file/],
  ['glob as a relation', "SELECT * FROM 'x*'", /looks like a file/],
  ['upper-case file', 'SELECT * FROM "X.PARQUET"', /looks like a file/],
  ['file in a join', "SELECT * FROM t JOIN 'x.csv' ON true", /looks like a file/],
  ['file in a subquery', "SELECT (SELECT 1 FROM 'x.csv')", /looks like a file/],
  ['file in PIVOT', "SELECT * FROM (PIVOT 'x.csv' ON a IN (1) USING sum(b))", /looks like a file/],
  ['dynamic SQL', "SELECT * FROM query('DELETE FROM t')", /"query"/],
  ['dynamic table', "SELECT * FROM query_table('x')", /"query_table"/],
  ['serialized SQL', "SELECT * FROM json_execute_serialized_sql('{}')", /"json_execute_serialized_sql"/],
  ['SQL out of JSON', "SELECT json_deserialize_sql('{}')", /"json_deserialize_sql"/],
  ['environment', "SELECT getenv('HOME')", /"getenv"/],
  ['variable', "SELECT getvariable('x')", /"getvariable"/],
  ['setting', "SELECT current_setting('temp_directory')", /"current_setting"/],
  ['sequence', "SELECT nextval('s')", /"nextval"/],
  ['sleep', 'SELECT sleep_ms(10)', /"sleep_ms"/],
  ['sleep in upper case', 'SELECT SLEEP_MS(10)', /"sleep_ms"/],
  ['log written', "SELECT write_log('x')", /"write_log"/],
  ['seed', 'SELECT setseed(0.1)', /"setseed"/],
  ['settings', 'SELECT * FROM duckdb_settings()', /"duckdb_settings"/],
  ['secrets', 'SELECT * FROM duckdb_secrets()', /"duckdb_secrets"/],
  ['settings as a view', 'SELECT * FROM duckdb_settings', /system relation/],
  ['pragma function', "SELECT * FROM pragma_table_info('t')", /"pragma_table_info"/],
  ['pragma view', 'SELECT * FROM pragma_database_list', /system relation/],
  ['sqlite view', 'SELECT * FROM main.SQLITE_MASTER', /system relation/],
  ['pg_catalog', 'SELECT * FROM pg_catalog.pg_class', /system relation/],
  [
    'other views of information_schema',
    'FROM memory.Information_Schema.character_sets',
    /"memory.Information_Schema.character_sets" is a system relation; of information_schema user SQL may read/,
  ],
  ['tables scanned by name', "SELECT * FROM seq_scan('t')", /"seq_scan"/],
  ['checkpoint', 'SELECT * FROM force_checkpoint()', /"force_checkpoint"/],
  ['sleep in ORDER BY', 'SELECT 1 FROM t ORDER BY sleep_ms(1)', /"sleep_ms"/],
  ['sleep in LIMIT', 'SELECT 1 FROM t LIMIT (SELECT sleep_ms(1))', /"sleep_ms"/],
  ['sleep in OFFSET', 'SELECT 1 FROM t LIMIT 1 OFFSET (SELECT sleep_ms(1))', /"sleep_ms"/],
  [
    'sleep in a window frame',
    'SELECT sum(a) OVER (ORDER BY b ROWS sleep_ms(1) PRECEDING) FROM t',
    /"sleep_ms"/,
  ],
  ['sleep in FILTER', 'SELECT count(*) FILTER (WHERE sleep_ms(1) IS NULL) FROM t', /"sleep_ms"/],
  ['sleep in QUALIFY', 'SELECT 1 FROM t QUALIFY sleep_ms(1) IS NULL', /"sleep_ms"/],
  ['sleep in DISTINCT ON', 'SELECT DISTINCT ON (sleep_ms(1)) 1 FROM t', /"sleep_ms"/],
  ['sleep in VALUES', 'VALUES (sleep_ms(1))', /"sleep_ms"/],
  ['sleep in a lambda', 'SELECT list_transform([1], lambda x: sleep_ms(x))', /"sleep_ms"/],
  ['sleep in a comprehension', 'SELECT [sleep_ms(x) for x in [1, 2]]', /"sleep_ms"/],
  ['sleep in COLUMNS', 'SELECT columns(c -> sleep_ms(1) IS NULL) FROM t', /"sleep_ms"/],
  ['sleep in REPLACE', 'SELECT * REPLACE (sleep_ms(1) AS a) FROM t', /"sleep_ms"/],
  ['sleep in a struct', "SELECT {'a': sleep_ms(1)}", /"sleep_ms"/],
  ['sleep in a slice', 'SELECT a[sleep_ms(1):] FROM t', /"sleep_ms"/],
  ['sleep in a table function', 'SELECT * FROM range(sleep_ms(1))', /"sleep_ms"/],
  [
    'sleep in a recursive CTE',
    'WITH RECURSIVE r AS (SELECT 1 a UNION ALL SELECT sleep_ms(1) FROM r) FROM r',
    /"sleep_ms"/,
  ],
  ['sleep in a materialized CTE', 'WITH r AS MATERIALIZED (SELECT sleep_ms(1)) FROM r', /"sleep_ms"/],
  ['sleep in GROUPING SETS', 'SELECT 1 FROM t GROUP BY GROUPING SETS ((sleep_ms(1)))', /"sleep_ms"/],
  ['sleep in UNPIVOT', 'SELECT * FROM (SELECT sleep_ms(1) a) UNPIVOT (v FOR n IN (a))', /"sleep_ms"/],
  ['sleep by dot', 'SELECT (1).sleep_ms()', /"sleep_ms"/],
  ['macro of the user', 'SELECT shop.evil(1)', /belongs to schema "shop"/],
  ['macro in another catalog', 'SELECT shop.main.lower(1)', /belongs to schema "shop.main"/],
  ['table macro of the user', 'SELECT * FROM shop.range(1)', /table function "shop.range"/],
  ['describe', 'DESCRIBE t', /DESCRIBE/],
  ['summarize in FROM', 'FROM (SUMMARIZE t)', /DESCRIBE, SHOW or SUMMARIZE/],
  ['show', 'SHOW TABLES', /SHOW/],
  ['delete', 'DELETE FROM t', /changes data \(DELETE\); only one SELECT is allowed/],
  ['insert', 'INSERT INTO t VALUES (1)', /changes data \(INSERT\)/],
  ['update', '/* SELECT */ UPDATE t SET a = 1', /changes data \(UPDATE\)/],
  ['copy out', "COPY t TO 'x.csv'", /changes data \(COPY\)/],
  ['copy of a query', "COPY (SELECT 1) TO 'x.csv'", /changes data \(COPY\)/],
  ['delete in a CTE', 'WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x', /cannot be parsed/],
  ['attach', "ATTACH 'x.duckdb'", /is an ATTACH/],
  ['install', 'INSTALL httpfs', /is an INSTALL/],
  ['load', 'LOAD httpfs', /is a LOAD/],
  ['set', 'SET threads = 1', /is a SET/],
  ['pragma', 'PRAGMA database_list', /is a PRAGMA|DESCRIBE, SHOW or SUMMARIZE|not a SELECT/],
  ['call', 'CALL pragma_version()', /is a CALL/],
  ['export', "EXPORT DATABASE 'x'", /is an EXPORT/],
  ['table made', 'CREATE TEMP TABLE x AS SELECT 1', /is a CREATE/],
  ['explain', 'EXPLAIN ANALYZE SELECT 1', /is an EXPLAIN/],
  ['two statements', 'SELECT 1; SELECT 2', /2 statements were given; only one SELECT is allowed/],
  ['two statements, the second drops', 'SELECT 1; DROP TABLE t', /2 statements were given[^]*is a DROP/],
  ['select into', 'SELECT 1 INTO x', /cannot be parsed/],
  ['row lock', 'SELECT * FROM t FOR UPDATE', /cannot be parsed/],
  ['numbered parameter', 'SELECT $1', /bind parameter/],
  ['plain parameter', 'SELECT ?', /bind parameter/],
  ['named parameter', 'SELECT $name', /bind parameter/],
  ['nothing', ' ; ', /empty/],
];

describe('inspectDuckDbStatement refuses', () => {
  it.each(attacks)('%s', async (_title, sql, reason) => {
    const verdict = await inspect(sql);
    expect(verdict.refusals.join('\n')).toMatch(reason);
    expect(verdict.countedRows).toBeNull();
  });

  it('a syntax error with its place', async () => {
    expect((await inspect("SELECT 'ä'\n FROM FROM t")).refusals).toEqual([
      'the statement cannot be parsed: syntax error at or near "FROM" (line 2, character 7)',
    ]);
  });

  it('a misspelt function with the nearest allowed one', async () => {
    expect((await inspect('SELECT date_truncs(1)')).refusals).toEqual([
      'function "date_truncs" is not on the allow-list of functions for user SQL; did you mean "date_trunc"?',
    ]);
  });

  it.each([
    ['10,000 parentheses', `SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['20,000 additions', `SELECT 1${'+1'.repeat(20_000)}`],
    ['too many characters', `SELECT 1${' '.repeat(100_000)}`],
  ])('%s, whatever the parser answered', (_title, sql) => {
    const { refusals } = inspectDuckDbStatement({ error: false, statements: [] }, sql);
    expect(refusals.join()).toMatch(/nested too deeply|characters/);
  });

  it.each([[null], [{}], ['x'], [{ error: true }]])('an answer of the parser that is none: %j', (answer) => {
    expect(inspectDuckDbStatement(answer, 'SELECT 1').refusals).toHaveLength(1);
  });
});

const honest: string[] = [
  'FROM orders',
  'FROM orders SELECT id WHERE amount > 1',
  "SELECT * FROM analytics.facts.revenue_hourly WHERE day >= DATE '2025-12-01'",
  'SELECT * FROM information_schema.columns',
  'SELECT * FROM memory.INFORMATION_SCHEMA.Tables',
  "SELECT uuid(), pg_typeof(a), typeof(a), sum_no_overflow(1), parse_formatted_bytes('1 GB') FROM t",
  'SELECT * EXCLUDE (a) REPLACE (b + 1 AS b) RENAME (c AS d) FROM t',
  "SELECT columns('a.*'), min(columns(*)) FROM t",
  'VALUES (1), (2)',
  'SELECT a, sum(b) FROM t GROUP BY ALL ORDER BY ALL LIMIT 10%',
  'SELECT a, sum(b) FROM t GROUP BY GROUPING SETS ((a), ()), CUBE (c), ROLLUP (d) HAVING sum(b) > 1',
  `SELECT sum(a) OVER (PARTITION BY b ORDER BY c RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW EXCLUDE TIES),
     lag(a, 1, 0 IGNORE NULLS) OVER w, row_number() OVER w FROM t WINDOW w AS (ORDER BY c) QUALIFY row_number() OVER w = 1`,
  'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r',
  'WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (FROM a) SELECT * FROM a JOIN b USING (x)',
  "SELECT * FROM (PIVOT t ON x IN ('a', 'b') USING sum(y) GROUP BY z)",
  'SELECT * FROM t UNPIVOT (v FOR n IN (a, b))',
  'SELECT * FROM t ASOF JOIN u ON t.at >= u.at SEMI JOIN v ON t.a = v.a POSITIONAL JOIN w',
  'SELECT 1 UNION BY NAME SELECT 2 EXCEPT ALL SELECT 3',
  'SELECT DISTINCT ON (a) a, b FROM t USING SAMPLE 10%',
  'SELECT * FROM t TABLESAMPLE reservoir(10 ROWS) REPEATABLE (5)',
  "SELECT list_transform(l, lambda x: x + 1), [x + 1 for x in l if x > 2], {'a': 1}, map {'k': 1}, l[1:2], s.a FROM t",
  `SELECT date_trunc('month', d), extract(year FROM d), d + INTERVAL '1 day', strftime(d, '%Y'), current_date, now(),
     age(d), d AT TIME ZONE 'UTC' FROM t`,
  `SELECT string_agg(a, ',' ORDER BY b), percentile_cont(0.5) WITHIN GROUP (ORDER BY a), quantile_cont(a, 0.5),
     arg_max(a, b), count(DISTINCT a) FILTER (WHERE b), mode() WITHIN GROUP (ORDER BY a), median(a) FROM t`,
  `SELECT CASE WHEN a THEN 1 ELSE 2 END, coalesce(a, b), if(a, b, c), try_cast(a AS INTEGER), a::DECIMAL(18, 2), a::INT[],
     nullif(a, 1), a IS DISTINCT FROM b, a IN (1, 2), a BETWEEN 1 AND 2, NOT a, -a, a // 2, a ** 2 FROM t`,
  `SELECT j -> '$.a', j ->> 'a', json_extract_string(j, '$.a'), from_json(j, '{"a":"INT"}') FROM t`,
  "SELECT a LIKE 'x%', a ILIKE 'y', a SIMILAR TO 'z', a ~ 'x', a GLOB 'y*', regexp_matches(a, 'x'), a NOT LIKE 'q' FROM t",
  'SELECT * FROM range(10) r(x), generate_series(1, 2), unnest([1, 2]) WITH ORDINALITY, LATERAL (SELECT 1)',
  "SELECT #1, a COLLATE nocase, trim(BOTH FROM b), substring(c FROM 1 FOR 2), position('a' IN b) FROM t ORDER BY #1",
  'SELECT a FROM t WHERE EXISTS (SELECT 1) AND a = ANY (SELECT b FROM u) AND a > ALL (SELECT 1)',
];

describe('inspectDuckDbStatement passes', () => {
  it.each(honest.map((sql) => [sql]))('%s', async (sql) => {
    expect((await inspect(sql)).refusals).toEqual([]);
  });
});

const counted: [sql: string, rows: string | null][] = [
  [
    'SELECT COUNT(*) FROM t WHERE ABS(a-b) > 0.01 AND c = 0',
    'SELECT * FROM t WHERE ABS(a-b) > 0.01 AND c = 0',
  ],
  [
    'SELECT COUNT(*) FROM (SELECT id, COUNT(*) c FROM t GROUP BY id HAVING c > 1)',
    'SELECT * FROM (SELECT id, COUNT(*) c FROM t GROUP BY id HAVING c > 1)',
  ],
  ['with x as (select 1 from t) select count(1) as n from x;', 'with x as (select 1 from t) select * from x'],
  ["/* 'ä */ SELECT count(*) AS n -- from\nFROM t", "/* 'ä */ SELECT * -- from\nFROM t"],
  ['SELECT count() FROM t', 'SELECT * FROM t'],
  ['SELECT count(NULL) FROM t', null],
  ['SELECT count(a) FROM t', null],
  ['SELECT count(DISTINCT 1) FROM t', null],
  ['SELECT count(*) FILTER (WHERE a) FROM t', null],
  ['SELECT count(*) OVER () FROM t', null],
  ['SELECT DISTINCT count(*) FROM t', null],
  ['SELECT count(*) FROM t GROUP BY a', null],
  ['SELECT count(*) FROM t GROUP BY ALL', null],
  ['SELECT count(*) FROM t HAVING true', null],
  ['SELECT count(*) FROM t ORDER BY 1', null],
  ['SELECT count(*) FROM t LIMIT 1', null],
  ['SELECT count(*) FROM t USING SAMPLE 5', null],
  ['SELECT count(*) FROM t QUALIFY true', null],
  ['SELECT count(*) FROM t UNION SELECT 1', null],
  ['FROM t SELECT count(*)', null],
  ['SELECT n: count(*) FROM t', null],
  ['SELECT count(*)', null],
  ["SELECT count(*) FROM 'x.csv'", null],
];

describe('inspectDuckDbStatement gives the rows behind', () => {
  it.each(counted)('%s', async (sql, rows) => {
    const { countedRows } = await inspect(sql);
    expect(countedRows).toBe(rows);
    if (countedRows !== null) expect((await inspect(countedRows)).refusals).toEqual([]);
  });
});

it('any honest statement is refused with another behind it', async () => {
  const other = fc.constantFrom(
    'DROP TABLE t',
    'DELETE FROM t',
    "COPY t TO 'x'",
    'SELECT 1',
    'COMMIT',
    'CHECKPOINT',
  );
  const gap = fc.constantFrom(' ', '\n', '/* ; */', '-- ;\n', '/* /* */ */');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...honest), gap, other, async (sql, space, second) => {
      expect((await inspect(`${sql}${space};${space}${second}${space};`)).refusals).not.toEqual([]);
    }),
  );
});
