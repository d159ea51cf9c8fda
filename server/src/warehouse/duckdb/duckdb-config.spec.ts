import { describe, expect, it } from 'vitest';
import { WarehouseUrlInvalid } from '../warehouse.errors.js';
import { parseDuckDbUrl } from './duckdb-config.js';
import { cannotChange, isWritable, openingOf } from './duckdb-opening.js';

const base = '/srv/data';

function urlError(url: string): string {
  try {
    parseDuckDbUrl(url, base);
  } catch (error) {
    expect(error).toBeInstanceOf(WarehouseUrlInvalid);
    return (error as Error).message;
  }
  throw new Error(`${url} was accepted`);
}

describe('parseDuckDbUrl', () => {
  it.each([
    ['duckdb:novamart.duckdb', { path: '/srv/data/novamart.duckdb', name: 'novamart' }],
    ['duckdb:../x/novamart.db', { path: '/srv/x/novamart.db', name: 'novamart' }],
    ['duckdb:/abs/my%20shop%3F.duckdb', { path: '/abs/my shop?.duckdb', name: 'my shop?' }],
    ['duckdb::memory:', { path: ':memory:', name: 'memory' }],
    ['duckdb:orders.csv', { path: '/srv/data/orders.csv', name: 'orders' }],
    ['duckdb:lake/orders/*.parquet', { path: '/srv/data/lake/orders/*.parquet', name: 'orders' }],
    ['duckdb:lake/orders/2025-*.parquet', { path: '/srv/data/lake/orders/2025-*.parquet', name: 'orders' }],
    ['duckdb:*.parquet', { path: '/srv/data/*.parquet', name: 'files' }],
  ])('reads the main catalog of %s', (url, main) => {
    expect(parseDuckDbUrl(url, base)).toMatchObject({ main, attach: [], timeZone: 'UTC' });
  });

  it('reads attached catalogs, percent-encoded', () => {
    const url = 'duckdb:shop.duckdb?attach=crm=crm.duckdb&attach=b%26b=a%3Db.parquet';
    expect(parseDuckDbUrl(url, base).attach).toEqual([
      { name: 'crm', path: '/srv/data/crm.duckdb' },
      { name: 'b&b', path: '/srv/data/a=b.parquet' },
    ]);
  });

  it.each([
    { url: 'postgres://x', says: 'not a DuckDB URL' },
    { url: 'duckdb:', says: 'names no file' },
    { url: 'duckdb:a.duckdb?attch=b=c', says: `no parameter 'attch'; did you mean 'attach'?` },
    { url: 'duckdb:a.duckdb?read_only=0', says: `no parameter 'read_only'` },
    { url: 'duckdb:a.duckdb?attach=b', says: 'lacks a part' },
    { url: 'duckdb:a.duckdb?attach==b', says: 'lacks a part' },
    { url: 'duckdb:a%ZZ.duckdb', says: 'percent-encoded' },
    { url: 'duckdb:a.duckdb?attach=A=b.duckdb', says: `two catalogs would both be named 'A'` },
    { url: 'duckdb:a.duckdb?attach=b=b.duckdb&attach=b=c.duckdb', says: `both be named 'b'` },
    { url: 'duckdb:a.duckdb?attach=b=./a.duckdb', says: `given twice, as 'a' and as 'b'` },
    { url: 'duckdb:system.duckdb', says: `keeps the catalog name 'system'` },
    { url: 'duckdb:memory.duckdb', says: `keeps the catalog name 'memory'` },
  ])('refuses $url', ({ url, says }) => {
    expect(urlError(url)).toContain(says);
  });
});

describe('openingOf', () => {
  it.each([
    {
      title: 'a file is a catalog, and a data file beside it has one of its own',
      url: 'duckdb:shop.duckdb?attach=rates=rates.csv',
      catalogs: [
        { name: 'shop', path: '/srv/data/shop.duckdb' },
        { name: 'rates', path: null },
      ],
      views: [{ catalog: 'rates', name: 'rates', path: '/srv/data/rates.csv', reader: 'read_csv' }],
    },
    {
      title: 'data files beside a data file are tables of the same catalog',
      url: 'duckdb:orders/*.parquet?attach=rates=rates.ndjson',
      catalogs: [{ name: 'orders', path: null }],
      views: [
        { catalog: 'orders', name: 'orders', path: '/srv/data/orders/*.parquet', reader: 'read_parquet' },
        { catalog: 'orders', name: 'rates', path: '/srv/data/rates.ndjson', reader: 'read_json' },
      ],
    },
    {
      title: 'memory may have a file beside it',
      url: 'duckdb::memory:?attach=shop=shop.duckdb',
      catalogs: [
        { name: 'memory', path: null },
        { name: 'shop', path: '/srv/data/shop.duckdb' },
      ],
      views: [],
    },
  ])('$title', ({ url, catalogs, views }) => {
    expect(openingOf(parseDuckDbUrl(url, base), '/tmp/spill')).toMatchObject({ catalogs, views });
  });

  it.each([
    { url: 'duckdb:a.duckdb', fixed: true, writable: false },
    { url: 'duckdb:a.duckdb?attach=b=b.csv', fixed: false, writable: false },
    { url: 'duckdb:a.parquet', fixed: false, writable: false },
    { url: 'duckdb::memory:', fixed: false, writable: true },
  ])('knows whether $url can change, and whether it may be written', ({ url, fixed, writable }) => {
    const config = parseDuckDbUrl(url, base);
    expect({ fixed: cannotChange(config), writable: isWritable(config) }).toEqual({ fixed, writable });
  });
});
