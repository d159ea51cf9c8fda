import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PostgresDirectoryUnusable, PostgresInitFailed } from './postgres-server.errors.js';
import type { ServerBinaries } from './server-binaries.js';
import { Output, spawnOn } from './server-program.js';
import type { ServerUser } from './server-user.js';

export const superuser = 'postgres';

/**
 * Makes the data directory if there is none yet; gives the superuser's password, which is random, made with it and
 * kept beside it. The directory appears when it is whole: a killed `initdb` leaves nothing that looks like one.
 */
export async function prepareDataDirectory(
  directory: string,
  binaries: ServerBinaries,
  user: ServerUser,
): Promise<string> {
  const passwordFile = `${directory}.password`;
  if (existsSync(path.join(directory, 'PG_VERSION'))) return readPassword(passwordFile, directory);
  let draft: string;
  let password: string;
  try {
    await mkdir(path.dirname(directory), { recursive: true });
    await refuseOtherContent(directory);
    password = await keepPassword(passwordFile);
    draft = await mkdtemp(`${directory}.init-`);
  } catch (cause) {
    if (cause instanceof PostgresDirectoryUnusable) throw cause;
    throw new PostgresDirectoryUnusable(
      `${directory} cannot be created: ${(cause as Error).message}`,
      { directory },
      { cause },
    );
  }
  try {
    if (user) await chown(draft, user.uid, user.gid);
    await runInitdb(draft, binaries.initdb, password, user);
    await rename(draft, directory);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return password;
}

async function readPassword(file: string, directory: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new PostgresDirectoryUnusable(
      `${directory} is a Postgres data directory without its password in ${file}; it was not made here`,
      { directory },
      { cause },
    );
  }
}

async function refuseOtherContent(directory: string): Promise<void> {
  if (existsSync(directory) && (await readdir(directory)).length > 0) {
    throw new PostgresDirectoryUnusable(
      `${directory} is not empty and no Postgres data directory; name another one`,
      { directory },
    );
  }
}

async function keepPassword(file: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  return password;
}

async function runInitdb(draft: string, initdb: string, password: string, user: ServerUser): Promise<void> {
  // initdb reads the password as the server's user, who may not get to our file by its path but may by descriptor.
  const file = `${draft}.password`;
  await writeFile(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (user) await chown(file, user.uid, user.gid);
  const handle = await open(file, 'r');
  try {
    const child = spawnOn(
      draft,
      initdb,
      [
        `--pwfile=${user ? '/proc/self/fd/3' : file}`,
        `--username=${superuser}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--wal-segsize=1',
        '--no-instructions',
        // A crash of the machine in the second after initdb loses an empty database.
        '--no-sync',
      ],
      { user, stdio: ['ignore', 'pipe', 'pipe', handle.fd] },
    );
    const output = new Output(child);
    const ended = await new Promise<string | undefined>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) =>
        resolve(code === 0 ? undefined : `it ended with ${code ?? signal}`),
      );
    });
    if (ended !== undefined) {
      const last = output.toString().split('\n').slice(-3).join(' ').trim();
      throw new PostgresInitFailed(`initdb failed: ${ended}. ${last}`.trim(), { output: output.toString() });
    }
  } finally {
    await handle.close();
    await rm(file, { force: true });
  }
}
