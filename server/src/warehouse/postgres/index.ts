export { PostgresAdapter } from './postgres-adapter.js';
export { parsePostgresUrl } from './postgres-config.js';
