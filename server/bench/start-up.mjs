import { fileURLToPath } from 'node:url';
import { interleaved, ratio, run } from './measure.mjs';
import { analyticsFile, assay, dataDirectory, novamartSuiteFile } from './paths.mjs';

const floorProgram = fileURLToPath(new URL('novamart-floor.mjs', import.meta.url));

/** Whole processes, from start to exit: the command, the same checks in a bare script, and Node by itself. */
export async function startUp() {
  run(assay, 'seed', 'novamart', '--data', dataDirectory);
  const medians = await interleaved(
    {
      bare_node_ms: async () => run('-e', ''),
      assay_help_ms: async () => run(assay, '--help'),
      floor_process_ms: async () => run(floorProgram),
      assay_check_ms: async () =>
        run(assay, 'check', novamartSuiteFile, '--warehouse', `duckdb:${analyticsFile}`),
    },
    5,
  );
  return { ...medians, ratio_to_floor: ratio(medians.assay_check_ms, medians.floor_process_ms) };
}
