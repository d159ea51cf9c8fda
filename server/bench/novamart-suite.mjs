import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { readSuite, runSuite } from '../dist/quality/index.js';
import { openWarehouse } from '../dist/warehouse/index.js';
import { interleaved, ratio } from './measure.mjs';
import { openFloor } from './novamart-floor.mjs';
import { analyticsFile, assay, dataDirectory, novamartSuiteFile } from './paths.mjs';

/** The suite by Assay against the same checks written by hand, on one engine with the same threads. */
export async function novamartSuite() {
  spawnSync(process.execPath, [assay, 'seed', 'novamart', '--data', dataDirectory], {
    stdio: ['ignore', 2, 2],
  });
  const adapter = openWarehouse(`duckdb:${analyticsFile}`);
  const floor = await openFloor();
  try {
    const suite = readSuite(await readFile(novamartSuiteFile, 'utf8'), {
      fileName: novamartSuiteFile,
      capabilities: adapter.capabilities,
    });
    let last;
    const medians = await interleaved(
      {
        floor_ms: () => floor.run(),
        assay_ms: async () => {
          last = await runSuite(suite, adapter);
        },
      },
      9,
    );
    return {
      rows: 2_847_312,
      outcome: last.outcome,
      data_queries: last.dataQueries,
      ...medians,
      ratio_to_floor: ratio(medians.assay_ms, medians.floor_ms),
    };
  } finally {
    floor.close();
    await adapter.close();
  }
}
