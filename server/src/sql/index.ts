export { inspectDuckDbStatement } from './allow-list/duckdb-statement.js';
export { staysInParentheses } from './allow-list/parentheses.js';
export type { PostgresReaches } from './allow-list/postgres-reaches.js';
export { inspectPostgresStatement } from './allow-list/postgres-statement.js';
export type { StatementInspection } from './allow-list/statement-inspection.js';
export { refuseUnparsed } from './allow-list/text-limits.js';
