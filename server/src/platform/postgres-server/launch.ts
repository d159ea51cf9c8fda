import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresPortInUse, PostgresStartFailed } from './postgres-server.errors.js';
import { host, type RunningServer } from './running-server.js';
import { Output, spawnOn } from './server-program.js';
import type { ServerUser } from './server-user.js';

export interface LaunchOptions {
  directory: string;
  postgres: string;
  user: ServerUser;
  port?: number | undefined;
  settings: Readonly<Record<string, string>>;
  onLog?: ((text: string) => void) | undefined;
}

const attempts = 20;
const retryMs = 250;

/** Starts a postmaster and waits until it takes connections. */
export async function launchServer(options: LaunchOptions): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    if (options.port !== undefined && !(await isFree(port))) {
      throw new PostgresPortInUse(`port ${port} of ${host} is in use; name another one`, { port });
    }
    const outcome = await launchOnce(options, port);
    if (typeof outcome !== 'string') return outcome;
    // Backends of a killed postmaster need a moment to notice; a free port may be taken before we have it.
    const isPassing = /pre-existing shared memory block|Address already in use/.test(outcome);
    if (!isPassing || attempt === attempts) {
      const reason = outcome.split('\n').find((line) => /FATAL|ERROR|could not/.test(line)) ?? 'it ended';
      throw new PostgresStartFailed(`the Postgres server on ${options.directory} did not start: ${reason}`, {
        output: outcome,
      });
    }
    await delay(retryMs);
  }
}

/** The running server, or what the one that ended had to say. */
function launchOnce(options: LaunchOptions, port: number): Promise<RunningServer | string> {
  const settings = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
    ...options.settings,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return new Promise((resolve) => {
    const child = spawnOn(options.directory, options.postgres, args, {
      user: options.user,
      stdio: ['ignore', 'ignore', 'pipe'],
      // A session of its own: Ctrl-C on the terminal is for us, and we stop the server when we are done with it.
      detached: true,
    });
    const output = new Output(child, (text) => {
      options.onLog?.(text);
      if (output.toString().includes('database system is ready to accept connections') && child.pid) {
        // From here on the server alone is no reason for our process to go on.
        child.unref();
        (child.stderr as Partial<Socket> | null)?.unref?.();
        resolve({ pid: child.pid, port });
      }
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(output.toString()));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
