import { readFileSync, statSync, type Stats } from 'node:fs';
import { PostgresStartFailed } from './postgres-server.errors.js';

/** Whom the server runs as; undefined: as ourselves. */
export type ServerUser = { uid: number; gid: number } | undefined;

/**
 * Postgres refuses to run as root, so as root another user is chosen: the owner of an existing data directory,
 * or `postgres`, or `nobody`, which every system has. No user is created.
 */
export function chooseServerUser(dataDirectory: string): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statIfThere(dataDirectory);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = lookUp('postgres') ?? lookUp('nobody');
  if (!user) {
    throw new PostgresStartFailed(
      'Postgres does not run as root, and there is neither a user "postgres" nor "nobody"; run as an ordinary user',
    );
  }
  return user;
}

function lookUp(name: string): ServerUser {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Whether the user can reach what lies in the directory: every directory above it must let him through. */
export function canTraverse(directory: string, user: ServerUser): boolean {
  if (!user) return true;
  const parts = directory.split('/');
  return parts.every((_, i) => {
    const stat = statIfThere(parts.slice(0, i + 1).join('/') || '/');
    if (!stat) return false;
    if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
    if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
    return (stat.mode & 0o001) !== 0;
  });
}

function statIfThere(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}
