import { sql, type ParameterType, type SqlDialect } from '../sql/index.js';

const typeNames = {
  text: 'VARCHAR',
  // Compares with every integer type, UBIGINT included; measured as fast as BIGINT.
  integer: 'HUGEINT',
  real: 'REAL',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
  time: 'TIME',
  uuid: 'UUID',
} as const;

function typeName(type: ParameterType): string {
  return type.kind === 'decimal' ? `DECIMAL(${type.precision},${type.scale})` : typeNames[type.kind];
}

/** The parser ends a statement at a NUL, so a NUL is spelled `chr(0)`. */
function quoteText(text: string): string {
  const pieces = text.split('\0').map((piece) => `'${piece.replaceAll("'", "''")}'`);
  return pieces.length === 1 ? (pieces[0] ?? "''") : `(${pieces.join(' || chr(0) || ')})`;
}

export const duckDbDialect: SqlDialect = {
  engine: 'duckdb',
  quoteIdentifier: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: (position) => `$${position}`,
  typeName,
  quoteText,
  listFromPlaceholder: (placeholder, type) => `CAST(${placeholder} AS ${typeName(type)}[])`,
  listLiteral: (values, type) =>
    `CAST([${values.map((v) => (v === null ? 'NULL' : quoteText(v))).join(', ')}] AS ${typeName(type)}[])`,
  calls: {
    countIf: (condition) => sql`COUNT(*) FILTER (WHERE ${condition})`,
    regexMatches: (text, pattern) => sql`regexp_matches(${text}, ${pattern})`,
    // `x IN list` walks the list for each row; a subquery becomes a hash join, and has IN's NULLs.
    inList: (value, list) => sql`${value} IN (SELECT unnest(${list}))`,
    asText: (value) => sql`CAST(${value} AS VARCHAR)`,
  },
};
