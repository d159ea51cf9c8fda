import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const heartbeatMs = 5_000;
const staleAfterMs = 60_000;
const pollMs = 200;

const ownerSchema = z.object({ pid: z.number(), host: z.string(), token: z.string() });

export interface BuildLock {
  release(): Promise<void>;
}

/**
 * One builder at a time, by a file that names its process. Waits while the other builder lives; a dead one's file
 * is taken over: its process is gone, or (on another host or after the pid was reused) its heartbeat stopped.
 * @throws the signal's reason when aborted while waiting
 */
export async function acquireBuildLock(path: string, signal?: AbortSignal): Promise<BuildLock> {
  const owner = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  for (;;) {
    signal?.throwIfAborted();
    if (await create(path, owner)) break;
    const found = await readFile(path, 'utf8').catch(() => undefined);
    if (found !== undefined && (await isStale(path, found))) await takeAway(path, found);
    else await delay(pollMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      if ((await readFile(path, 'utf8').catch(() => undefined)) === owner) await rm(path, { force: true });
    },
  };
}

async function create(path: string, owner: string): Promise<boolean> {
  try {
    await writeFile(path, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isStale(path: string, content: string): Promise<boolean> {
  const beat = await stat(path).catch(() => undefined);
  if (!beat) return false;
  if (Date.now() - beat.mtimeMs > staleAfterMs) return true;
  const owner = parseOwner(content);
  return owner !== undefined && owner.host === hostname() && !isAlive(owner.pid);
}

/** By rename, so that of two takers only one succeeds; one that finds a live builder's file gives it back. */
async function takeAway(path: string, judged: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const taken = await readFile(aside, 'utf8');
  if (taken === judged) await rm(aside, { force: true });
  else await rename(aside, path);
}

function parseOwner(content: string): z.infer<typeof ownerSchema> | undefined {
  try {
    return ownerSchema.parse(JSON.parse(content));
  } catch {
    // Being written at this moment, or cut off by a crash: then the heartbeat tells.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
