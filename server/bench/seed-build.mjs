import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assay } from './paths.mjs';

/** Both demo worlds from nothing, then again with nothing to do. */
export async function seedBuild() {
  const directory = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  try {
    const seed = () => {
      const begin = performance.now();
      const { stdout } = spawnSync(process.execPath, [assay, 'seed', '--data', directory, '--json'], {
        encoding: 'utf8',
      });
      const { worlds } = JSON.parse(stdout);
      return { total_ms: Math.round(performance.now() - begin), worlds };
    };
    const cold = seed();
    const warm = seed();
    return {
      cold_ms: cold.total_ms,
      worlds: Object.fromEntries(cold.worlds.map((w) => [w.world, w.elapsed_ms])),
      unchanged_ms: warm.total_ms,
      megabytes: Math.round((await bytesBelow(directory)) / 2 ** 20),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function bytesBelow(directory) {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.filter((e) => e.isFile()).map((e) => stat(path.join(e.parentPath ?? e.path, e.name))),
  );
  return sizes.reduce((sum, s) => sum + s.size, 0);
}
