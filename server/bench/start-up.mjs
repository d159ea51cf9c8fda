import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { interleaved, ratio } from './measure.mjs';
import { analyticsFile, assay, dataDirectory, novamartSuiteFile } from './paths.mjs';

const node = (...args) => spawnSync(process.execPath, args, { stdio: 'ignore' });
const floorProgram = fileURLToPath(new URL('novamart-floor.mjs', import.meta.url));

/** Whole processes, from start to exit: the command, the same checks in a bare script, and Node by itself. */
export async function startUp() {
  node(assay, 'seed', 'novamart', '--data', dataDirectory);
  const medians = await interleaved(
    {
      bare_node_ms: async () => node('-e', ''),
      assay_help_ms: async () => node(assay, '--help'),
      floor_process_ms: async () => node(floorProgram),
      assay_check_ms: async () =>
        node(assay, 'check', novamartSuiteFile, '--warehouse', `duckdb:${analyticsFile}`),
    },
    5,
  );
  return { ...medians, ratio_to_floor: ratio(medians.assay_check_ms, medians.floor_process_ms) };
}
