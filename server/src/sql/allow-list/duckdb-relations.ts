import { refuseInformationView } from './information-schema.js';

const extension =
  /\.(csv|tsv|txt|parquet|json|jsonl|ndjson|xlsx|arrow|arrows|ipc|feather|avro|orc|db|duckdb|ddb|sqlite|gz|zst|zip|bz2|shp|blob)$/i;

/** Why a relation of this name may not be read; DuckDB resolves names without regard to case. */
export function refuseDuckDbRelation(parts: readonly string[]): string | undefined {
  const own = parts.at(-1)!;
  const name = parts.join('.');
  const qualifiers = parts.slice(0, -1).map((part) => part.toLowerCase());
  if (
    /^(duckdb_|pragma_|sqlite_|pg_)/i.test(own) ||
    qualifiers.includes('pg_catalog') ||
    isSystem(qualifiers)
  ) {
    return `"${name}" is a system relation; user SQL may read tables, views and information_schema`;
  }
  if (qualifiers.at(-1) === 'information_schema') return refuseInformationView(own.toLowerCase(), name);
  // DuckDB opens a file where no table has the name, also by its qualified form: FROM orders.csv
  if (/[/\\*?[\]:]/.test(name) || extension.test(name)) {
    return `"${name}" looks like a file; user SQL may read only tables and views of the warehouse`;
  }
  return undefined;
}

/** `system` and `temp` are catalogs of the engine; information_schema lives in the former. */
function isSystem(qualifiers: readonly string[]): boolean {
  return ['system', 'temp'].includes(qualifiers[0] ?? '') && !qualifiers.includes('information_schema');
}
