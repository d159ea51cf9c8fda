import type { TypeCategory } from '../warehouse-adapter.js';

const categories: Readonly<Record<string, TypeCategory>> = {
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  HUGEINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  UHUGEINT: 'integer',
  BIGNUM: 'integer',
  DECIMAL: 'decimal',
  FLOAT: 'double',
  DOUBLE: 'double',
  VARCHAR: 'text',
  ENUM: 'enum',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  TIME: 'time',
  TIME_NS: 'time',
  'TIME WITH TIME ZONE': 'time',
  INTERVAL: 'interval',
  UUID: 'uuid',
  JSON: 'json',
  BLOB: 'binary',
  STRUCT: 'nested',
  MAP: 'nested',
  UNION: 'nested',
};

/** Category of a type as DuckDB writes it: `DECIMAL(18,2)`, `STRUCT(a INTEGER)[]`, `ENUM('x')`. */
export function categoryOf(type: string): TypeCategory {
  if (/\[\d*\]$/.test(type)) return 'nested';
  const bare = type.replace(/\(.*$/s, '').trim();
  return categories[bare] ?? 'other';
}
