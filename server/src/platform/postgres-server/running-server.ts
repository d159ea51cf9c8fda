import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { superuser } from './data-directory.js';
import { PostgresStartFailed } from './postgres-server.errors.js';

const pollMs = 20;
const adoptionTimeoutMs = 30_000;
const stopTimeoutMs = 30_000;

/** A postmaster, ours or adopted. */
export interface RunningServer {
  pid: number;
  port: number;
}

export const host = '127.0.0.1';

/**
 * The live server that a killed process left on the data directory, once it answers; a dead one's pid file is
 * removed. That the random password of the directory lets us in proves that it is this directory's server.
 */
export async function adoptServer(directory: string, password: string): Promise<RunningServer | undefined> {
  const pidFile = path.join(directory, 'postmaster.pid');
  const deadline = Date.now() + adoptionTimeoutMs;
  for (;;) {
    const left = await readPidFile(pidFile);
    if (!left) return undefined;
    if (!isPostgres(left.pid)) {
      await rm(pidFile, { force: true });
      return undefined;
    }
    if (left.port > 0 && (await answers(left.port, password))) return left;
    if (Date.now() > deadline) {
      throw new PostgresStartFailed(
        `a Postgres server (process ${left.pid}) holds ${directory} and does not answer; stop it first`,
        { directory, pid: left.pid },
      );
    }
    await delay(pollMs * 5);
  }
}

async function readPidFile(file: string): Promise<RunningServer | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, , , port] = text.split('\n');
  return { pid: Number(pid), port: Number(port ?? 0) };
}

/** Process numbers are used again: another program's is not our server. */
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes('(postgres)');
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** Dead and not yet collected by its parent, which in a container may never come. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function answers(port: number, password: string): Promise<boolean> {
  try {
    await withSuperuser({ port, password }, (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

export async function withSuperuser<T>(
  { port, password }: { port: number; password: string },
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host,
    port,
    password,
    user: superuser,
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener a lost connection would end our process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Rolls back what runs, disconnects everybody and waits for the end; a server that does not obey is cut off. */
export async function stopServer({ pid }: RunningServer, directory: string): Promise<void> {
  if (!signal(pid, 'SIGINT')) return;
  for (let waited = 0; isAlive(pid); waited += pollMs) {
    if (waited === stopTimeoutMs) signal(pid, 'SIGQUIT');
    if (waited === 2 * stopTimeoutMs) signal(pid, 'SIGKILL');
    await delay(pollMs);
  }
  await removeLeftover(directory, pid);
}

/** The server removes its pid file itself, except when it was cut off. */
async function removeLeftover(directory: string, pid: number): Promise<void> {
  const file = path.join(directory, 'postmaster.pid');
  if (existsSync(file) && (await readPidFile(file))?.pid === pid) await rm(file, { force: true });
}

export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
