import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import type { WorldManifest } from './world-manifest.js';

const stampFile = 'build.json';

/** Raise it when the builder itself comes to produce other data from the same files. */
const builderVersion = 1;

const enginePackage = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('@duckdb/node-api/package.json'));

const stampSchema = z.object({ sha256: z.string() });

/** What a world is made of: manifest, SQL files, engine version. The same fingerprint means the same data. */
export async function worldFingerprint(world: WorldManifest): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([builderVersion, enginePackage.version]));
  for (const file of ['world.yaml', ...world.steps.map((s) => s.file)]) {
    const text = await readFile(join(world.directory, file));
    hash.update(JSON.stringify([file, text.length])).update(text);
  }
  return hash.digest('hex');
}

/** Whether a finished build of exactly this fingerprint lies there. */
export async function isBuilt(directory: string, world: WorldManifest, sha256: string): Promise<boolean> {
  const stamp = await readStamp(directory);
  if (stamp?.sha256 !== sha256) return false;
  const files = Object.values(world.catalogs).map((file) =>
    stat(join(directory, file)).catch(() => undefined),
  );
  return (await Promise.all(files)).every((file) => file?.isFile() === true);
}

export async function writeStamp(directory: string, world: WorldManifest, sha256: string): Promise<void> {
  const stamp = { world: world.name, sha256, engine: `@duckdb/node-api ${enginePackage.version}` };
  await writeFile(join(directory, stampFile), `${JSON.stringify(stamp, null, 2)}\n`);
}

async function readStamp(directory: string): Promise<z.infer<typeof stampSchema> | undefined> {
  try {
    return stampSchema.parse(JSON.parse(await readFile(join(directory, stampFile), 'utf8')));
  } catch {
    return undefined;
  }
}
