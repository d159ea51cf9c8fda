import { sql, type ParameterType, type SqlDialect } from '../sql/index.js';

const typeNames = {
  text: 'text',
  // Integers of more than 18 digits are bound as decimals.
  integer: 'bigint',
  real: 'real',
  double: 'double precision',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
  time: 'time',
  uuid: 'uuid',
} as const;

function typeName(type: ParameterType): string {
  return type.kind === 'decimal' ? `numeric(${type.precision},${type.scale})` : typeNames[type.kind];
}

/** Sessions have standard_conforming_strings on: a backslash is a backslash. */
function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export const postgresDialect: SqlDialect = {
  engine: 'postgres',
  quoteIdentifier: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: (position) => `$${position}`,
  typeName,
  quoteText,
  listFromPlaceholder: (placeholder, type) => `CAST(${placeholder} AS ${typeName(type)}[])`,
  listLiteral: (values, type) =>
    `CAST(ARRAY[${values.map((v) => (v === null ? 'NULL' : quoteText(v))).join(', ')}]::text[] AS ${typeName(type)}[])`,
  calls: {
    countIf: (condition) => sql`COUNT(*) FILTER (WHERE ${condition})`,
    regexMatches: (text, pattern) => sql`${text} ~ ${pattern}`,
    // A constant array is hashed by the executor from nine elements on.
    inList: (value, list) => sql`${value} = ANY (${list})`,
    asText: (value) => sql`CAST(${value} AS text)`,
  },
};
