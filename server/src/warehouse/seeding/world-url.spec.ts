import { expect, it } from 'vitest';
import type { WorldManifest } from './world-manifest.js';
import { worldWarehouseUrl } from './world-url.js';

const world: WorldManifest = {
  name: 'shop',
  title: 'A shop',
  directory: 'seeds/shop',
  main: 'sales',
  asOf: '2026-01-01T00:00:00Z',
  catalogs: { sales: 'sales.duckdb', crm: 'crm.duckdb', ads: 'ads.duckdb' },
  steps: [],
};

it.each([
  [
    'the main catalog first',
    '/data',
    undefined,
    'duckdb:/data/shop/sales.duckdb?attach=crm=/data/shop/crm.duckdb&attach=ads=/data/shop/ads.duckdb',
  ],
  [
    'another main catalog',
    'd',
    'ads',
    'duckdb:d/shop/ads.duckdb?attach=sales=d/shop/sales.duckdb&attach=crm=d/shop/crm.duckdb',
  ],
  [
    'special characters encoded',
    '/a b/c?&=%',
    'sales',
    'duckdb:/a%20b/c%3F%26%3D%25/shop/sales.duckdb?attach=crm=/a%20b/c%3F%26%3D%25/shop/crm.duckdb&attach=ads=/a%20b/c%3F%26%3D%25/shop/ads.duckdb',
  ],
])('writes %s', (_, directory, main, url) => {
  expect(worldWarehouseUrl(directory, world, main)).toBe(url);
});

it('refuses a catalog that the world does not have', () => {
  expect(() => worldWarehouseUrl('d', world, 'sale')).toThrow(RangeError);
});
