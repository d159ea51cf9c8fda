import path from 'node:path';
import type { Command } from 'commander';
import { nearest } from '../../platform/text/index.js';
import { buildWorld, listWorlds, worldWarehouseUrl, type WorldManifest } from '../../warehouse/index.js';
import { seedsDirectory } from '../repository.js';
import { BadArguments, type ConsoleOutput } from './console-output.js';
import type { CommandContext } from './command-context.js';
import { ProgressBar } from './progress-bar.js';

interface SeedOptions {
  data: string;
  force?: true;
  json?: true;
}

/** A world as it lies on disk after seeding. */
export interface SeededWorld {
  world: string;
  built: boolean;
  elapsed_ms: number;
  warehouse: string;
}

export function addSeedCommand(program: Command, { output, signal }: CommandContext): void {
  program
    .command('seed')
    .description('build the demo worlds into DuckDB files')
    .argument('[world...]', 'default: all of them')
    .option('--data <dir>', 'where Assay keeps its files', '.assay')
    .option('--force', 'build even when nothing changed')
    .option('--json', 'print one JSON document')
    .action(async (names: string[], options: SeedOptions) => {
      const worlds = chooseWorlds(await listWorlds(seedsDirectory), names);
      const seeded: SeededWorld[] = [];
      for (const world of worlds) seeded.push(await seedWorld(world, options, output, signal));
      if (options.json) output.result(JSON.stringify({ worlds: seeded }, null, 2));
      else for (const world of seeded) output.result(worldLine(world));
    });
}

export async function seedWorld(
  world: WorldManifest,
  options: Pick<SeedOptions, 'data' | 'force'>,
  output: ConsoleOutput,
  signal: AbortSignal,
): Promise<SeededWorld> {
  const directory = path.join(path.resolve(options.data), 'warehouse');
  const bar = new ProgressBar(`Building ${world.name}`, output);
  const { built, elapsedMs } = await buildWorld({
    world,
    directory,
    force: options.force === true,
    signal,
    onProgress: ({ step, steps, title }) => bar.show(step, steps, title),
  }).finally(() => bar.clear());
  const warehouse = worldWarehouseUrl(path.join(options.data, 'warehouse'), world);
  return { world: world.name, built, elapsed_ms: Math.round(elapsedMs), warehouse };
}

export function worldLine({ world, built, elapsed_ms, warehouse }: SeededWorld): string {
  const state = built ? `built in ${(elapsed_ms / 1000).toFixed(1)} s` : 'up to date';
  return `World ${world}: ${state}\n  ${warehouse}`;
}

function chooseWorlds(worlds: readonly WorldManifest[], names: readonly string[]): readonly WorldManifest[] {
  if (names.length === 0) return worlds;
  const known = worlds.map((w) => w.name);
  return names.map((name) => {
    const world = worlds.find((w) => w.name === name);
    if (world) return world;
    const close = nearest(name, known);
    throw new BadArguments(
      `there is no world "${name}"; ${close ? `did you mean "${close}"?` : `there are ${known.join(', ')}`}`,
    );
  });
}
