import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from './worlds.js';

/** A third-party case; the shape is explained in the README beside the case files. */
export interface ConformanceCase {
  id: string;
  title: string;
  tables: {
    name: string;
    columns: { name: string; type: string }[];
    rows: (string | number | boolean | null)[][];
  }[];
  expectation: { type: string; kwargs: Record<string, unknown> };
  unexpected_index_column_names?: string[];
  expected: Record<string, unknown>;
  exact: boolean;
  tolerance?: number;
  error?: unknown;
}

const directory = path.join(repository, '..', 'shared', 'conformance', 'expectations');

/** Whether the cases are beside this checkout; they are not part of it. */
export const conformanceIsHere = existsSync(directory);

/** The cases of the given kinds. */
export function conformanceCases(types: readonly string[]): ConformanceCase[] {
  if (!conformanceIsHere) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => readCases(path.join(directory, file)))
    .filter((c) => types.includes(c.expectation.type));
}

/** Python writes infinities into JSON as bare words; here they become text. */
function readCases(file: string): ConformanceCase[] {
  const text = readFileSync(file, 'utf8').replace(/(?<=[[:,]\s*)(-?Infinity|NaN)(?=\s*[\],}])/g, '"$1"');
  return JSON.parse(text) as ConformanceCase[];
}

const literal = (value: string | number | boolean | null): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Statements that lay a case's tables into a schema, in SQL that DuckDB and Postgres both read. */
export function caseStatements(schema: string, { tables }: ConformanceCase): string[] {
  return [
    `CREATE SCHEMA ${quoted(schema)}`,
    ...tables.flatMap(({ name, columns, rows }) => {
      const table = `${quoted(schema)}.${quoted(name)}`;
      const types = columns.map(
        (c) => `${quoted(c.name)} ${c.type === 'DOUBLE' ? 'DOUBLE PRECISION' : c.type}`,
      );
      return [
        `CREATE TABLE ${table} (${types.join(', ')})`,
        ...rows.map((row) => `INSERT INTO ${table} VALUES (${row.map(literal).join(', ')})`),
      ];
    }),
  ];
}

/** Equal as the cases mean it: numbers nearly, order of lists and form of timestamps aside. */
export function agrees(actual: unknown, expected: unknown, tolerance = 1e-6): boolean {
  if (typeof expected === 'number') {
    const n = typeof actual === 'string' ? Number(actual) : actual;
    return typeof n === 'number' && Math.abs(n - expected) <= Math.max(tolerance, 1e-7 * Math.abs(expected));
  }
  if (typeof expected === 'string')
    return typeof actual === 'string' && plainTime(actual) === plainTime(expected);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return false;
    const [a, e] = [sorted(actual), sorted(expected)];
    return e.every((item, i) => agrees(a[i], item, tolerance));
  }
  if (typeof expected === 'object' && expected !== null) {
    const keys = Object.keys(expected);
    return (
      typeof actual === 'object' &&
      actual !== null &&
      Object.keys(actual).length === keys.length &&
      keys.every((k) =>
        agrees((actual as Record<string, unknown>)[k], (expected as Record<string, unknown>)[k], tolerance),
      )
    );
  }
  return actual === expected;
}

const plainTime = (text: string): string =>
  text.replace(/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.0+)?$/, '$1T$2');

const sorted = (items: readonly unknown[]): unknown[] => {
  const key = (item: unknown): string =>
    typeof item === 'object' && item !== null && 'pk_index' in item
      ? String(item.pk_index).padStart(12, '0')
      : JSON.stringify(item);
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
};
