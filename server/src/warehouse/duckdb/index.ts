export { DuckDbAdapter } from './duckdb-adapter.js';
export { parseDuckDbUrl, type DuckDbConfig } from './duckdb-config.js';
export { duckDbDialect } from './duckdb-dialect.js';
