// @ts-check
/**
 * @typedef {import('./seed-protocol.js').TableChecksum} TableChecksum
 * @typedef {import('@duckdb/node-api').DuckDBConnection} DuckDBConnection
 */

/**
 * Row count and checksum of every table of the attached catalogs. A row is the exact text of all its columns, with
 * lengths, so that neither NULL and 'NULL' nor ('a','bc') and ('ab','c') are the same; its 64 bits of MD5 are summed.
 * @param {DuckDBConnection} connection
 * @returns {Promise<Record<string, TableChecksum>>}
 */
export async function checksumsOf(connection) {
  const tables = await connection.runAndReadAll(
    `SELECT database_name, schema_name, table_name, list(column_name ORDER BY column_index)
     FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, schema_name, table_name)
     WHERE database_name NOT IN ('memory', 'system', 'temp') AND NOT duckdb_columns.internal
     GROUP BY ALL ORDER BY ALL`,
  );
  /** @type {Record<string, TableChecksum>} */
  const checksums = {};
  for (const row of tables.getRowsJson()) {
    const [catalog, schema, table, columns] = /** @type {[string, string, string, string[]]} */ (row);
    const values = columns.map((c) => `coalesce(length(${text(c)}) || ':' || ${text(c)}, '~')`).join(' || ');
    const sums = await connection.runAndReadAll(
      `SELECT count(*), CAST(coalesce(sum(CAST(md5_number_lower(${values}) AS HUGEINT)), 0) AS VARCHAR)
       FROM ${quote(catalog)}.${quote(schema)}.${quote(table)}`,
    );
    const [rows, checksum] = sums.getRowsJson()[0] ?? [0, '0'];
    checksums[`${catalog}.${schema}.${table}`] = { rows: Number(rows), checksum: String(checksum) };
  }
  return checksums;
}

/** @param {string} column */
function text(column) {
  return `CAST(${quote(column)} AS VARCHAR)`;
}

/** @param {string} name */
function quote(name) {
  return `"${name.replaceAll('"', '""')}"`;
}
