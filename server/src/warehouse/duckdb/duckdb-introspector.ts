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
import { categoryOf } from './duckdb-types.js';

/** Identifiers are compared as DuckDB does it, without regard to case, quoted or not. */
const findTable = `
  SELECT database_name, schema_name, table_name, 'table' AS kind FROM duckdb_tables()
   WHERE NOT internal AND lower(schema_name) = lower($2) AND lower(table_name) = lower($3)
     AND lower(database_name) = lower($1)
  UNION ALL
  SELECT database_name, schema_name, view_name, 'view' FROM duckdb_views()
   WHERE NOT internal AND lower(schema_name) = lower($2) AND lower(view_name) = lower($3)
     AND lower(database_name) = lower($1)`;

const findColumns = `
  SELECT column_name, data_type, is_nullable FROM duckdb_columns()
   WHERE database_name = $1 AND schema_name = $2 AND table_name = $3 ORDER BY column_index`;

const findPrimaryKey = `
  SELECT constraint_column_names FROM duckdb_constraints()
   WHERE constraint_type = 'PRIMARY KEY' AND database_name = $1 AND schema_name = $2 AND table_name = $3`;

const findAllTables = `
  SELECT database_name, schema_name, table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary
  UNION ALL
  SELECT database_name, schema_name, view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary
  ORDER BY ALL`;

/** What the engine's catalog says of tables and views. */
export class DuckDbIntrospector {
  constructor(
    private readonly runner: StatementRunner,
    private readonly mainCatalog: string,
  ) {}

  async describeTable(name: TableName, options?: QueryOptions): Promise<TableDescription | undefined> {
    for (const candidate of this.candidates(name)) {
      const [found] = await this.rows(findTable, candidate, options);
      if (found) return this.describe(found, options);
    }
    return undefined;
  }

  async listTables(options?: QueryOptions): Promise<readonly TableName[]> {
    const rows = await this.rows(findAllTables, [], options);
    return rows.map((row) => row.map(textOf));
  }

  /**
   * Two parts are a schema of the main catalog, or a catalog. Where both hold such a table the engine calls it
   * ambiguous; we take the first, and whoever uses the full name that we return does so too.
   */
  private candidates(name: TableName): readonly TableName[] {
    const [first = '', second = '', third = ''] = name;
    switch (name.length) {
      case 1:
        return [[this.mainCatalog, 'main', first]];
      case 2:
        return [
          [this.mainCatalog, first, second],
          [first, 'main', second],
        ];
      case 3:
        return [[first, second, third]];
      default:
        return [];
    }
  }

  private async describe(found: Row, options?: QueryOptions): Promise<TableDescription> {
    const name = found.slice(0, 3).map(textOf);
    const columns = await this.rows(findColumns, name, options);
    const [key] = await this.rows(findPrimaryKey, name, options);
    return {
      name,
      kind: found[3] === 'view' ? 'view' : 'table',
      columns: columns.map(toColumn),
      primaryKey: Array.isArray(key?.[0]) ? key[0].map(textOf) : [],
    };
  }

  private async rows(
    sql: string,
    parameters: readonly BoundValue[],
    options?: QueryOptions,
  ): Promise<readonly Row[]> {
    const result = await this.runner.query({ sql, parameters, origin: 'catalog' }, options);
    return result.rows;
  }
}

function toColumn([name, type, nullable]: Row): TableColumn {
  return {
    name: textOf(name),
    type: textOf(type),
    category: categoryOf(textOf(type)),
    nullable: nullable === true,
  };
}

/** A value of the engine's own tables that always is text. */
export function textOf(value: SqlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
