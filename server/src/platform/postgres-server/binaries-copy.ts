import { lstatSync, statSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PostgresBinariesMissing } from './postgres-server.errors.js';
import { canTraverse, type ServerUser } from './server-user.js';

/**
 * A copy of the programs in a place that the user can reach, one per version, made once: run as root, Postgres goes
 * on as another user, and root's own installation may be closed to that one. It is
 * `/var/tmp/assay-postgres-<version>-<our uid>`, or the same under the temporary directory, and stays there for the
 * next server; with none running it may be deleted. It appears whole or not at all, and a directory of that name
 * that is not ours is not used: anybody may create one there beforehand.
 */
export async function copyForUser(
  native: string,
  version: string,
  user: ServerUser,
  hydrate: (directory: string) => Promise<void>,
  places: readonly string[] = ['/var/tmp', tmpdir()],
): Promise<string> {
  const bases = places.filter((base) => isSafeBase(base) && canTraverse(base, user));
  for (const base of bases) {
    const final = path.join(base, `assay-postgres-${version}-${process.getuid?.() ?? 0}`);
    if (isOurs(final)) return final;
    if (lstatSync(final, { throwIfNoEntry: false })) continue;
    const made = await makeCopy(native, base, final, hydrate);
    if (made) return made;
  }
  throw new PostgresBinariesMissing(
    `the Postgres server in ${native} cannot be reached by the user it must run as, and no directory for a copy ` +
      `can be used (${bases.join(', ') || 'none'}); move the installation or run as an ordinary user`,
    { native },
  );
}

async function makeCopy(
  native: string,
  base: string,
  final: string,
  hydrate: (directory: string) => Promise<void>,
): Promise<string | undefined> {
  let draft: string;
  try {
    draft = await mkdtemp(`${final}.`);
  } catch {
    return undefined;
  }
  try {
    await cp(native, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith('.a'),
    });
    await hydrate(draft);
    await makeReadable(draft);
    await rename(draft, final);
    return final;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process of ours may have been faster.
    if (isOurs(final)) return final;
    throw new PostgresBinariesMissing(
      `the Postgres server could not be copied to ${base}; free some space there`,
      { base },
      { cause: error },
    );
  }
}

/** Others can read and run, nobody but us can write; links have no mode of their own. */
async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const full = path.join(directory, entry.name);
    if (entry.isDirectory()) await makeReadable(full);
    else if (entry.isFile()) await chmod(full, path.basename(directory) === 'bin' ? 0o755 : 0o644);
  }
}

/** In a directory that others may write, only the sticky bit keeps them from replacing what is ours. */
function isSafeBase(base: string): boolean {
  const stat = statSync(base, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return false;
  const isTrusted = stat.uid === 0 || stat.uid === process.getuid?.();
  return isTrusted && ((stat.mode & 0o022) === 0 || (stat.mode & 0o1000) !== 0);
}

function isOurs(directory: string): boolean {
  const stat = lstatSync(directory, { throwIfNoEntry: false });
  return (
    stat !== undefined && stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0
  );
}
