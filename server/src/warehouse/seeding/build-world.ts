import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireBuildLock } from './build-lock.js';
import { runSeedProcess, seedLimits, type SeedFailure } from './seed-process.js';
import { WorldBuildCancelled, WorldBuildFailed } from './seeding.errors.js';
import { WorldDirectory } from './world-directory.js';
import { isBuilt, worldFingerprint, writeStamp } from './world-stamp.js';
import type { WorldManifest } from './world-manifest.js';

export interface BuildProgress {
  /** From 1; given when the step begins. */
  step: number;
  steps: number;
  title: string;
}

export interface BuildWorldOptions {
  world: WorldManifest;
  /** The warehouse directory; the world becomes `<directory>/<world>/<catalog>.duckdb`. */
  directory: string;
  /** Build even when what lies there was built from the same files. */
  force?: boolean;
  onProgress?: (progress: BuildProgress) => void;
  signal?: AbortSignal;
}

export interface BuiltWorld {
  /** False when it was there already. */
  built: boolean;
  directory: string;
  elapsedMs: number;
}

/**
 * Builds a world aside, in a child process, and swaps it in by rename: a reader never opens a half-built world, and
 * whatever fails, is cancelled or crashes leaves the old one. Waits for another builder of the same directory.
 * @throws WorldBuildFailed with the step's title and the engine's message | WorldBuildCancelled
 */
export async function buildWorld(options: BuildWorldOptions): Promise<BuiltWorld> {
  return build(options).catch((error: unknown) => {
    if (!isSystemError(error)) throw error;
    throw new WorldBuildFailed(
      `world '${options.world.name}' could not be written to ${options.directory}: ${error.message}`,
      { world: options.world.name },
      { cause: error },
    );
  });
}

/** No room, no permission, a file where a directory should be. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;

async function build(options: BuildWorldOptions): Promise<BuiltWorld> {
  const { world, signal, force = false } = options;
  const started = performance.now();
  const place = new WorldDirectory(options.directory, world.name);
  await mkdir(options.directory, { recursive: true });
  const lock = await acquireBuildLock(place.lockPath, signal).catch((error: unknown) => {
    if (signal?.aborted)
      throw new WorldBuildCancelled(`building '${world.name}' was cancelled before it began`);
    throw error;
  });
  try {
    await place.recover();
    const sha256 = await worldFingerprint(world);
    const built = force || !(await isBuilt(place.path, world, sha256));
    if (built) await buildAside(place, sha256, options);
    return { built, directory: place.path, elapsedMs: Math.round(performance.now() - started) };
  } finally {
    await lock.release();
  }
}

async function buildAside(place: WorldDirectory, sha256: string, options: BuildWorldOptions): Promise<void> {
  const { world, signal, onProgress } = options;
  const aside = await place.createAside();
  const spill = join(aside, 'spill');
  try {
    const end = await runSeedProcess(
      {
        task: 'build',
        catalogs: Object.entries(world.catalogs).map(([name, file]) => ({ name, path: join(aside, file) })),
        steps: world.steps.map((s) => ({ title: s.title, path: join(world.directory, s.file) })),
        limits: seedLimits(spill),
      },
      (step, title) => onProgress?.({ step, steps: world.steps.length, title }),
      signal,
    );
    if (end.end === 'failed') throw buildFailed(world, end.failure);
    await rm(spill, { recursive: true, force: true });
    await writeStamp(aside, world, sha256);
    await place.replaceWith(aside);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function buildFailed(world: WorldManifest, { title, message }: SeedFailure): WorldBuildFailed {
  return new WorldBuildFailed(`world '${world.name}' could not be built, in step '${title}': ${message}`, {
    world: world.name,
    step: title,
    engineMessage: message,
  });
}
