import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAssay } from '../support/assay.js';
import { dataDirectory, suiteFile } from '../support/worlds.js';

describe('assay demo', () => {
  it('judges every seeded suite and exits 0 when all are as declared', async () => {
    const run = await runAssay(['demo', '--once', '--data', dataDirectory]);
    expect(run.stdout).toContain('Suite: revenue_fact_validation\nStatus: PASSED (5/5)');
    expect(run.stdout).toContain('Status: WARNED');
    expect(run.stdout).toMatch(/every outcome is as its file declares/);
    expect(run.code).toBe(0);
  });

  it('prints one JSON document with --json', async () => {
    const run = await runAssay(['demo', '--once', '--data', dataDirectory, '--json']);
    expect(run.json()).toMatchObject({ surprises: 0 });
  });
});

describe('assay seed', () => {
  it('builds one world into a directory of its own, then has nothing to do', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'assay-seed-'));
    try {
      const first = await runAssay(['seed', 'acme', '--data', directory, '--json']);
      expect(first.json()).toMatchObject({ worlds: [{ world: 'acme', built: true }] });
      expect(await readdir(path.join(directory, 'warehouse', 'acme'))).toContain('acme.duckdb');
      const second = await runAssay(['seed', 'acme', '--data', directory, '--json']);
      const [world] = second.json<{ worlds: { built: boolean; warehouse: string }[] }>().worlds;
      expect(world?.built).toBe(false);
      const check = await runAssay([
        'check',
        suiteFile('acme/billing_integrity.yaml'),
        '--warehouse',
        world?.warehouse ?? '',
      ]);
      expect(check.code).toBe(0);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('exits 64 on a world that is not there, naming the nearest', async () => {
    const run = await runAssay(['seed', 'novamrt']);
    expect(run.code).toBe(64);
    expect(run.stderr).toContain('did you mean "novamart"?');
  });

  it('exits 2 when it cannot write there', async () => {
    const file = suiteFile('acme/billing_integrity.yaml');
    const run = await runAssay(['seed', 'acme', '--data', file]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^assay: world 'acme' could not be written to .*billing_integrity/);
  });
});
