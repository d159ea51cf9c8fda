import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { InputInvalid } from '../../platform/errors/index.js';
import { oneLine } from '../../platform/text/index.js';
import { readableRun, readSuite, runSuite, validationResult, type SuiteRun } from '../../quality/index.js';
import { listWorlds, openWarehouse, worldWarehouseUrl, type WorldManifest } from '../../warehouse/index.js';
import { seedsDirectory, suiteFiles, suitesDirectory } from '../repository.js';
import { exitCode } from './exit-code.js';
import type { CommandContext } from './command-context.js';
import { ProgressBar } from './progress-bar.js';
import { seedWorld, worldLine } from './seed.command.js';

interface DemoOptions {
  once?: true;
  data: string;
  json?: true;
}

/** A seeded suite's run beside the outcome that its file declares. */
interface DemoRun {
  file: string;
  run: SuiteRun;
  expected: unknown;
  asExpected: boolean;
}

export function addDemoCommand(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .description('build the demo worlds, judge them and print the verdicts')
    .option('--once', 'stop after the results; exit 0 only if all are as their files declare')
    .option('--port <n>', 'for the console (there is none to serve yet)')
    .option('--data <dir>', 'where Assay keeps its files', '.assay')
    .option('--json', 'print one JSON document')
    .action(async (options: DemoOptions) => {
      context.exit(await demo(options, context));
    });
}

async function demo(options: DemoOptions, { output, signal }: CommandContext): Promise<number> {
  const worlds = await listWorlds(seedsDirectory);
  for (const world of worlds) {
    output.note(worldLine(await seedWorld(world, options, output, signal)));
  }
  const runs: DemoRun[] = [];
  for (const file of suiteFiles(suitesDirectory)) {
    const finished = await runSeededSuite(file, worlds, options, { output, signal });
    runs.push(finished);
    if (!options.json) output.result(`\n${readableRun(finished.run, output.paint)}${remark(finished)}`);
  }
  const surprises = runs.filter((r) => !r.asExpected).length;
  if (options.json) {
    output.result(JSON.stringify({ suites: runs.map((r) => validationResult(r.run)), surprises }, null, 2));
  } else {
    const verdict =
      surprises === 0 ? 'every outcome is as its file declares' : `${surprises} not as declared`;
    output.result(`\n${runs.length} suites judged; ${verdict}.`);
    if (!options.once) output.note('There is no console to serve yet: the demo ends here.');
  }
  return surprises === 0 ? exitCode.holds : exitCode.failed;
}

async function runSeededSuite(
  file: string,
  worlds: readonly WorldManifest[],
  options: DemoOptions,
  { output, signal }: Pick<CommandContext, 'output' | 'signal'>,
): Promise<DemoRun> {
  const fileName = path.relative(process.cwd(), file);
  const text = await readFile(file, 'utf8');
  const world = worldOf(file, fileName, worlds);
  const adapter = await openWarehouse(worldWarehouseUrl(path.join(options.data, 'warehouse'), world));
  try {
    const suite = readSuite(text, { fileName, capabilities: adapter.capabilities });
    const bar = new ProgressBar(oneLine(suite.name, 40), output);
    const run = await runSuite(suite, adapter, {
      signal,
      onProgress: (done, total) => bar.show(done, total),
    }).finally(() => bar.clear());
    const expected = suite.meta['expected_outcome'] ?? 'passed';
    return { file: fileName, run, expected, asExpected: run.outcome === expected };
  } finally {
    await adapter.close();
  }
}

/** `suites/<world>/` holds the suites of a world. */
function worldOf(file: string, fileName: string, worlds: readonly WorldManifest[]): WorldManifest {
  const folder = path.basename(path.dirname(file));
  const world = worlds.find((w) => w.name === folder);
  if (world) return world;
  throw new InputInvalid(fileName, [
    {
      path: '',
      message: `suites/${folder} is named after no demo world`,
      suggestion: `put it into ${worlds.map((w) => `suites/${w.name}`).join(' or ')}; assay check judges any file`,
    },
  ]);
}

function remark({ asExpected, expected, run, file }: DemoRun): string {
  if (!asExpected) return `\n!! ${file} declares ${String(expected)}, but the outcome is ${run.outcome}`;
  return expected === 'passed' ? '' : `\n(as ${file} declares: ${String(expected)})`;
}
