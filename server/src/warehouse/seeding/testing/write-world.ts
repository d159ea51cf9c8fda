import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWorld, type WorldManifest } from '../index.js';

/** A world of one catalog `shop`, with the given SQL as its steps. */
export async function writeWorld(
  seedsDirectory: string,
  steps: Readonly<Record<string, string>>,
  name = 'tiny',
): Promise<WorldManifest> {
  const directory = join(seedsDirectory, name);
  await mkdir(directory, { recursive: true });
  const list = Object.keys(steps).map((title) => `  - { title: ${title}, file: ${title}.sql }\n`);
  await writeFile(
    join(directory, 'world.yaml'),
    `name: ${name}\ntitle: A tiny world\nmain: shop\nas_of: 2026-01-01T00:00:00Z\n` +
      `catalogs: { shop: shop.duckdb }\nsteps:\n${list.join('')}`,
  );
  for (const [title, sql] of Object.entries(steps)) await writeFile(join(directory, `${title}.sql`), sql);
  return readWorld(directory);
}
