export { startPostgresServer, type PostgresServer, type PostgresServerOptions } from './postgres-server.js';
export {
  PostgresBinariesMissing,
  PostgresDirectoryUnusable,
  PostgresInitFailed,
  PostgresPortInUse,
  PostgresStartFailed,
} from './postgres-server.errors.js';
