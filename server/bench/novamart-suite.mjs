import { readFile } from 'node:fs/promises';
import { readSuite, runSuite } from '../dist/quality/index.js';
import { openWarehouse } from '../dist/warehouse/index.js';
import { interleaved, ratio, run } from './measure.mjs';
import { openFloor } from './novamart-floor.mjs';
import { analyticsFile, assay, dataDirectory, novamartSuiteFile } from './paths.mjs';

/** The suite by Assay against the same checks written by hand, on one engine with the same threads. */
export async function novamartSuite() {
  run(assay, 'seed', 'novamart', '--data', dataDirectory);
  const adapter = await openWarehouse(`duckdb:${analyticsFile}`);
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
          if (last.outcome !== 'passed') throw new Error(`the suite ${last.outcome}: its time says nothing`);
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
