export { inspectDuckDbStatement } from './allow-list/duckdb-statement.js';
export { inspectPostgresStatement } from './allow-list/postgres-statement.js';
export type { StatementVerdict } from './allow-list/statement-verdict.js';
export { refuseUnparsed } from './allow-list/text-limits.js';
