import type { PostgresReaches } from '../../sql/index.js';
import type { QueryOptions, SqlValue, StatementRunner } from '../warehouse-adapter.js';

/** Objects of the server and of extensions are not; the owner of the server chose those. */
const isUserDefined = (catalog: string, object: string, namespace: string): string => `
  ${namespace}.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d
     WHERE d.classid = 'pg_catalog.${catalog}'::regclass::oid AND d.objid = ${object}.oid AND d.deptype = 'e')`;

/**
 * $1 functions, $2 fields, $3 operators, $4 types, $5 relations. A field calls a function that can take a row alone,
 * or any at all where the row has an implicit cast; `reached` are the types of the values that the statement may
 * have: those it names and those of its relations, with what they are made of. The operands of each operator have
 * exactly the types of a built-in one, so that nobody's own operator fits better.
 */
const userCode = `
  WITH RECURSIVE code AS MATERIALIZED (
    SELECT p.oid, pg_catalog.format('%s.%s', n.nspname, p.proname) AS name, p.proname,
           p.pronargs - p.pronargdefaults AS required, p.pronargs, p.provariadic, p.proargtypes[0] AS first
      FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     WHERE ${isUserDefined('pg_proc', 'p', 'n')}),
  operators AS MATERIALIZED (
    SELECT o.oid, pg_catalog.format('%s.%s', n.nspname, o.oprname) AS name, o.oprname
      FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
     WHERE ${isUserDefined('pg_operator', 'o', 'n')}),
  reached (oid, named) AS (
    SELECT t.oid, r.oid IS NULL OR t.typname = ANY (CAST($4 AS text[]))
      FROM pg_catalog.pg_type t
      LEFT JOIN pg_catalog.pg_class r ON r.oid = t.typrelid AND r.relname = ANY (CAST($5 AS text[]))
     WHERE t.typname = ANY (CAST($4 AS text[])) OR r.oid IS NOT NULL
        OR (t.typname = ANY (CAST($2 AS text[])) AND t.typtype = 'd')
    UNION
    SELECT part.oid, reached.named
      FROM reached JOIN pg_catalog.pg_type t ON t.oid = reached.oid
     CROSS JOIN LATERAL (
       SELECT t.typbasetype AS oid UNION ALL SELECT t.typelem
       UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
       UNION ALL SELECT g.rngsubtype FROM pg_catalog.pg_range g WHERE g.rngtypid = t.oid) part
     WHERE part.oid <> CAST(0 AS oid))
  SELECT 'function', name FROM code WHERE proname = ANY (CAST($1 AS text[]))
  UNION
  SELECT 'function', code.name
    FROM code JOIN pg_catalog.pg_type t ON t.oid = code.first
   WHERE proname = ANY (CAST($2 AS text[])) AND (required <= 1 OR (provariadic <> CAST(0 AS oid) AND pronargs <= 2))
     AND t.typtype IN ('c', 'p', 'd')
  UNION
  SELECT 'operator', name FROM operators WHERE oprname = ANY (CAST($3 AS text[]))
  UNION
  SELECT 'the function of a cast, function', code.name
    FROM pg_catalog.pg_cast c JOIN code ON code.oid = c.castfunc
    JOIN pg_catalog.pg_type source ON source.oid = c.castsource
    JOIN pg_catalog.pg_type target ON target.oid = c.casttarget
   WHERE (c.castsource IN (SELECT oid FROM reached) OR source.typnamespace = 'pg_catalog'::regnamespace::oid)
     AND (target.typname = ANY (CAST($4 AS text[])) OR (c.castcontext = 'i'
          AND (c.casttarget IN (SELECT oid FROM reached) OR target.typnamespace = 'pg_catalog'::regnamespace::oid)))
  UNION
  SELECT 'an implicit cast of rows of', pg_catalog.format('%s.%s', n.nspname, t.typname)
    FROM pg_catalog.pg_cast c JOIN pg_catalog.pg_type t ON t.oid = c.castsource
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
   WHERE c.castcontext = 'i' AND t.typtype = 'c' AND t.oid IN (SELECT oid FROM reached)
     AND cardinality(CAST($2 AS text[])) > 0
  UNION
  SELECT 'the input of a type, function', code.name
    FROM reached JOIN pg_catalog.pg_type t ON t.oid = reached.oid JOIN code ON code.oid = t.typinput::oid
   WHERE named
  UNION
  SELECT CASE WHEN code.oid IS NULL THEN 'a check of a type, operator' ELSE 'a check of a type, function' END,
         coalesce(code.name, operators.name)
    FROM reached JOIN pg_catalog.pg_constraint c ON c.contypid = reached.oid
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_constraint'::regclass::oid AND d.objid = c.oid
    LEFT JOIN code ON d.refclassid = 'pg_catalog.pg_proc'::regclass::oid AND code.oid = d.refobjid
    LEFT JOIN operators ON d.refclassid = 'pg_catalog.pg_operator'::regclass::oid AND operators.oid = d.refobjid
   WHERE named AND (code.oid IS NOT NULL OR operators.oid IS NOT NULL)
   ORDER BY 1, 2`;

/**
 * Why a statement may not run although its text is fine: a name in it is, or may be, one of a function or operator
 * that somebody wrote. Looks beyond the search path too, which may change until the statement runs.
 */
export async function refuseUserCode(
  runner: StatementRunner,
  { functions, fields, operators, types, relations }: PostgresReaches,
  options?: QueryOptions,
): Promise<string[]> {
  // A call of one argument is a cast where a type has the name.
  const casts = [...new Set([...types, ...functions])];
  if (casts.length + fields.length + operators.length + relations.length === 0) return [];
  const parameters = [functions, fields, operators, casts, relations];
  const { rows } = await runner.query({ sql: userCode, parameters, origin: 'catalog' }, options);
  return rows.map(([kind, name]) => describe(text(kind), text(name)));
}

function describe(kind: string, name: string): string {
  const rule = kind.endsWith('operator') ? 'use only built-in operators' : 'call only built-in functions';
  return `${kind} "${name}" is user-defined; user SQL may ${rule}`;
}

/** Both columns are text. */
function text(value: SqlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
