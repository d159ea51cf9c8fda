export { PostgresAdapter } from './postgres-adapter.js';
export { parsePostgresUrl, type PostgresConfig } from './postgres-config.js';
