import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  PostgresDirectoryUnusable,
  PostgresPortInUse,
  PostgresStartFailed,
  startPostgresServer,
  type PostgresServer,
} from './index.js';
import { isAlive } from './running-server.js';
import { findServerBinaries } from './server-binaries.js';
import { chooseServerUser } from './server-user.js';

let directory: string;
let dataDirectory: string;
const started: PostgresServer[] = [];

beforeAll(async () => {
  // 0700 and ours: as root, the server's user does not get through it.
  directory = await mkdtemp(path.join(tmpdir(), 'assay-server-'));
  dataDirectory = path.join(directory, 'data');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function start(
  options: Partial<Parameters<typeof startPostgresServer>[0]> = {},
): Promise<PostgresServer> {
  const server = await startPostgresServer({ dataDirectory, ...options });
  started.push(server);
  return server;
}

async function ask(server: PostgresServer, sql: string, database = 'postgres'): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.connectionUrl(database) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(path.join(dataDirectory, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** A process that starts the server as we do and is killed when it runs. */
async function launchAndDie(port: number): Promise<void> {
  const user = chooseServerUser(dataDirectory);
  const { postgres } = await findServerBinaries(user);
  const settings = [
    '-c',
    `port=${port}`,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ];
  const script = `
    const [program, args, options] = JSON.parse(process.argv[1]);
    const child = require('node:child_process').spawn(program, args, options);
    child.stderr.on('data', (text) => String(text).includes('ready to accept') && console.log('running'));`;
  const server = [
    postgres,
    ['-D', '/proc/self/cwd', ...settings],
    { ...user, cwd: dataDirectory, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  ];
  const parent = spawn(process.execPath, ['-e', script, JSON.stringify(server)]);
  await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  await once(parent, 'exit');
}

describe('startPostgresServer', () => {
  it('makes a data directory and answers on this machine only, with a password that only we can read', async () => {
    const server = await start();
    expect(await ask(server, 'SELECT 1 AS answer')).toBe(1);
    expect(await ask(server, "SELECT current_setting('listen_addresses') AS answer")).toBe('127.0.0.1');
    expect(await ask(server, "SELECT current_setting('unix_socket_directories') AS answer")).toBe('');
    expect(await ask(server, "SELECT current_setting('server_encoding') AS answer")).toBe('UTF8');
    expect(await ask(server, "SELECT datcollate AS answer FROM pg_database WHERE datname = 'postgres'")).toBe(
      'C',
    );
    expect((await stat(`${dataDirectory}.password`)).mode & 0o777).toBe(0o600);
    const url = server.connectionUrl('postgres').replace(server.password, 'wrong');
    const stranger = new pg.Client({ connectionString: url });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps what was written over a stop and a warm start, and makes databases from templates', async () => {
    const first = await start();
    await first.createDatabase('a "strange" name');
    await ask(first, 'CREATE TABLE kept AS SELECT 7 AS answer', 'a "strange" name');
    await first.createDatabase('copy', { template: 'a "strange" name' });
    await first.stop();
    await first.stop();
    await expect(ask(first, 'SELECT 1')).rejects.toThrow();
    const second = await start();
    expect(await ask(second, 'SELECT answer FROM kept', 'copy')).toBe(7);
    expect(second.password).toBe(first.password);
  });

  it('takes settings and a port', async () => {
    const port = (await start()).port;
    await started.splice(0)[0]?.stop();
    const server = await start({ port, settings: { fsync: 'off' } });
    expect(server.port).toBe(port);
    expect(await ask(server, "SELECT current_setting('fsync') AS answer")).toBe('off');
  });

  it('starts again after its postmaster was killed, with every acknowledged row', async () => {
    const killed = await start();
    await ask(killed, 'CREATE TABLE acknowledged AS SELECT 42 AS answer');
    process.kill(await postmasterPid(), 'SIGKILL');
    const server = await start();
    expect(await ask(server, 'SELECT answer FROM acknowledged')).toBe(42);
  });

  it('cleans the pid file of a dead server, also when another program has its number now', async () => {
    await (await start()).stop();
    await writeFile(
      path.join(dataDirectory, 'postmaster.pid'),
      `${process.pid}\n${dataDirectory}\n1\n1\n\n127.0.0.1\n\nready   \n`,
    );
    expect(await ask(await start(), 'SELECT 1 AS answer')).toBe(1);
  });

  it('adopts the live server of a killed process', async () => {
    const { port } = await start();
    await started.splice(0)[0]?.stop();
    await launchAndDie(port);
    const pid = await postmasterPid();
    const server = await start();
    expect(server.port).toBe(port);
    expect(await postmasterPid()).toBe(pid);
    expect(await ask(server, 'SELECT 1 AS answer')).toBe(1);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('refuses a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(start({ port })).rejects.toBeInstanceOf(PostgresPortInUse);
    other.close();
  });

  it('refuses a directory that holds something else', async () => {
    const other = path.join(directory, 'other');
    await mkdir(other);
    await writeFile(path.join(other, 'letter.txt'), 'dear');
    await expect(start({ dataDirectory: other })).rejects.toBeInstanceOf(PostgresDirectoryUnusable);
    expect(await readFile(path.join(other, 'letter.txt'), 'utf8')).toBe('dear');
  });

  it('refuses a directory that cannot be made', async () => {
    const file = path.join(directory, 'file');
    await writeFile(file, '');
    await expect(start({ dataDirectory: path.join(file, 'data') })).rejects.toBeInstanceOf(
      PostgresDirectoryUnusable,
    );
  });

  it('says what the server said when it does not start', async () => {
    await expect(start({ settings: { shared_buffers: 'many' } })).rejects.toSatisfy(
      (error) => error instanceof PostgresStartFailed && /shared_buffers/.test(error.message),
    );
  });
});
