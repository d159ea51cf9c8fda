import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { runSeedProcess, seedLimits } from './seed-process.js';
import type { TableChecksum } from './seed-protocol.js';
import { WorldUnreadable } from './seeding.errors.js';

/**
 * Per table `catalog.schema.table` of a built world's directory, the row count and a checksum over all columns of all
 * rows that does not depend on their order. @throws WorldUnreadable
 */
export async function worldChecksums(directory: string): Promise<Record<string, TableChecksum>> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.duckdb')).sort();
  const spill = await mkdtemp(join(tmpdir(), 'assay-checksums-'));
  try {
    const end = await runSeedProcess(
      {
        task: 'checksums',
        catalogs: files.map((file) => ({ name: parse(file).name, path: join(directory, file) })),
        limits: seedLimits(spill),
      },
      () => undefined,
    );
    if (end.end === 'failed') throw new WorldUnreadable(`${directory}: ${end.failure.message}`);
    return end.checksums;
  } finally {
    await rm(spill, { recursive: true, force: true });
  }
}
