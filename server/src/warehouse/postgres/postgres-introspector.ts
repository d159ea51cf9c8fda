import type { BoundValue } from '../sql/index.js';
import type {
  QueryOptions,
  Row,
  SqlValue,
  StatementRunner,
  TableColumn,
  TableDescription,
  TableName,
} from '../warehouse-adapter.js';
import { categoryOf } from './postgres-types.js';

/** Tables, partitioned and foreign ones; views, materialized ones. */
const relationKinds = `'r', 'p', 'f', 'v', 'm'`;

/** Without a schema, the first table of that name along the search path, as the server resolves it. */
const findTable = `
  SELECT c.oid::text, n.nspname, c.relname, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relname = CAST($3 AS text) AND c.relkind IN (${relationKinds})
     AND (CAST($1 AS text) IS NULL OR CAST($1 AS text) = current_database())
     AND CASE WHEN CAST($2 AS text) IS NULL THEN n.nspname = ANY (current_schemas(false))
              ELSE n.nspname = CAST($2 AS text) END
   ORDER BY array_position(current_schemas(false), n.nspname)
   LIMIT 1`;

/** A domain is followed down to the type that it narrows. */
const tableColumns = `
  WITH RECURSIVE chain (attnum, base, required) AS (
    SELECT attnum, atttypid, attnotnull FROM pg_catalog.pg_attribute
     WHERE attrelid = CAST($1 AS oid) AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT c.attnum, d.typbasetype, c.required OR d.typnotnull
      FROM chain c JOIN pg_catalog.pg_type d ON d.oid = c.base WHERE d.typtype = 'd')
  SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT c.required, b.oid, b.typtype,
         CASE WHEN b.typcategory = 'A' THEN b.typelem ELSE 0 END
    FROM chain c JOIN pg_catalog.pg_type b ON b.oid = c.base AND b.typtype <> 'd'
    JOIN pg_catalog.pg_attribute a ON a.attrelid = CAST($1 AS oid) AND a.attnum = c.attnum
   ORDER BY a.attnum`;

const primaryKey = `
  SELECT a.attname
    FROM pg_catalog.pg_index i
    CROSS JOIN LATERAL unnest(CAST(i.indkey AS int2[])) WITH ORDINALITY k (attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
   WHERE i.indrelid = CAST($1 AS oid) AND i.indisprimary
   ORDER BY k.place`;

const allTables = `
  SELECT n.nspname, c.relname
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN (${relationKinds}) AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     AND has_schema_privilege(n.oid, 'USAGE')
     AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))
   ORDER BY 1, 2`;

/** What the server's catalog says of tables and views; names are schema and table. */
export class PostgresIntrospector {
  constructor(private readonly runner: StatementRunner) {}

  async describeTable(name: TableName, options?: QueryOptions): Promise<TableDescription | undefined> {
    if (name.length === 0 || name.length > 3 || name.some((part) => part.includes('\0'))) return undefined;
    const [database, schema, table] = [name.at(-3) ?? null, name.at(-2) ?? null, name.at(-1)!];
    const [found] = await this.rows(findTable, [database, schema, table], options);
    if (!found) return undefined;
    const [oid, ...foundName] = found.slice(0, 3).map(text);
    if (oid === undefined) return undefined;
    const columns = await this.rows(tableColumns, [oid], options);
    const key = await this.rows(primaryKey, [oid], options);
    return {
      name: foundName,
      kind: found[3] === 'view' ? 'view' : 'table',
      columns: columns.map(toColumn),
      primaryKey: key.map(([column]) => text(column)),
    };
  }

  async listTables(options?: QueryOptions): Promise<readonly TableName[]> {
    const rows = await this.rows(allTables, [], options);
    return rows.map((row) => row.map(text));
  }

  private async rows(
    sql: string,
    parameters: readonly BoundValue[],
    options?: QueryOptions,
  ): Promise<readonly Row[]> {
    return (await this.runner.query({ sql, parameters, origin: 'catalog' }, options)).rows;
  }
}

/** Names are text; nothing else is read as such. */
function text(value: SqlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function toColumn([name, type, nullable, base, kind, element]: Row): TableColumn {
  return {
    name: text(name),
    type: text(type),
    category: categoryOf({ base: Number(base), kind: text(kind), element: Number(element) }),
    nullable: nullable === true,
  };
}
