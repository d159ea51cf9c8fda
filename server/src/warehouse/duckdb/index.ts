export { DuckDbAdapter } from './duckdb-adapter.js';
export { parseDuckDbUrl } from './duckdb-config.js';
