import { DomainError } from '../errors/index.js';

/** No server program for this platform, or none that the server's user could run. */
export class PostgresBinariesMissing extends DomainError {
  readonly code = 'postgres-server.binaries-missing';
}

/** The data directory cannot be written, or holds something else. */
export class PostgresDirectoryUnusable extends DomainError {
  readonly code = 'postgres-server.directory-unusable';
}

/** The port that was asked for is taken. */
export class PostgresPortInUse extends DomainError {
  readonly code = 'postgres-server.port-in-use';
}

/** `initdb` did not make a data directory; its own words are in `details.output`. */
export class PostgresInitFailed extends DomainError {
  readonly code = 'postgres-server.init-failed';
}

/** The server did not come up; the end of its log is in `details.output`. */
export class PostgresStartFailed extends DomainError {
  readonly code = 'postgres-server.start-failed';
}
