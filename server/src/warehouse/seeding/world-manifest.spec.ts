import { describe, expect, it } from 'vitest';
import { parseWorldManifest } from './world-manifest.js';

const sound = `name: shop
title: A shop
main: sales
as_of: 2026-01-01T00:00:00Z
catalogs:
  sales: sales.duckdb
  crm: crm.duckdb
steps:
  - { title: orders, file: 01_orders.sql }
  - { title: customers, file: crm/02_customers.sql }
`;

describe('parseWorldManifest', () => {
  it('reads names, catalogs, steps and the demo clock', () => {
    const { manifest, issues } = parseWorldManifest(sound, 'shop');
    expect(issues).toEqual([]);
    expect(manifest).toEqual({
      name: 'shop',
      title: 'A shop',
      main: 'sales',
      asOf: '2026-01-01T00:00:00Z',
      catalogs: { sales: 'sales.duckdb', crm: 'crm.duckdb' },
      steps: [
        { title: 'orders', file: '01_orders.sql' },
        { title: 'customers', file: 'crm/02_customers.sql' },
      ],
    });
  });

  it.each([
    ['another name than the folder', 'name: shop', 'name: store', 'name', 1],
    ['an unknown main catalog', 'main: sales', 'main: sale', 'main', 3],
    ['a clock without zone', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00', 'as_of', 4],
    ['a clock that is a day', '2026-01-01T00:00:00Z', '2026-01-01', 'as_of', 4],
    ['a file not named after its catalog', 'crm: crm.duckdb', 'crm: people.duckdb', 'catalogs.crm', 7],
    ["a catalog of the engine's name", 'crm: crm.duckdb', 'memory: memory.duckdb', 'catalogs.memory', 7],
    ['a catalog that needs quoting', 'crm: crm.duckdb', '"a b": a b.duckdb', 'catalogs.a b', 7],
    ['a step that is not SQL', '01_orders.sql', '01_orders.py', 'steps[0].file', 9],
    ['an absolute step', '01_orders.sql', '/01_orders.sql', 'steps[0].file', 9],
    ['a step without title', 'title: orders, ', '', 'steps[0].title', 9],
    ['no clock', 'as_of: 2026-01-01T00:00:00Z\n', '', 'as_of', undefined],
  ])('refuses %s, with path and line', (_, from, to, path, line) => {
    expect(sound).toContain(from);
    const { manifest, issues } = parseWorldManifest(sound.replace(from, to), 'shop');
    expect(manifest).toBeUndefined();
    expect(issues.map((i) => [i.path, i.line])).toEqual([[path, line]]);
  });

  it('names a key that it does not know', () => {
    const { manifest, issues } = parseWorldManifest(`${sound}colour: red\n`, 'shop');
    expect(manifest).toBeUndefined();
    expect(issues).toEqual([
      { path: '', line: undefined, message: expect.stringContaining('colour') as string },
    ]);
  });

  it('gives every issue at once', () => {
    const text = sound.replace('main: sales', 'main: x').replace('name: shop', 'name: store');
    expect(parseWorldManifest(text, 'shop').issues.map((i) => i.path)).toEqual(['name', 'main']);
  });

  it.each([
    ['broken YAML', 'name: [shop\n'],
    ['an empty file', ''],
    ['a list', '- a\n'],
    ['no steps', sound.replace(/steps:[^]*/, 'steps: []\n')],
  ])('refuses %s', (_, text) => {
    const { manifest, issues } = parseWorldManifest(text, 'shop');
    expect(manifest).toBeUndefined();
    expect(issues.length).toBeGreaterThan(0);
  });
});
