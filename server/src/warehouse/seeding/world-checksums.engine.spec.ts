import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildWorld, worldChecksums, WorldUnreadable, type TableChecksum } from './index.js';
import { writeWorld } from './testing/write-world.js';

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'assay-sums-'))));
afterEach(() => rm(root, { recursive: true, force: true }));

async function checksumsOf(sql: string): Promise<Record<string, TableChecksum>> {
  const world = await writeWorld(join(root, 'seeds'), { rows: sql });
  const { directory } = await buildWorld({ world, directory: join(root, 'warehouse') });
  return worldChecksums(directory);
}

const table = (name: string, values: string): string =>
  `CREATE TABLE shop."${name}" AS SELECT * FROM (VALUES ${values}) AS v(a, b);`;

const same = [
  ['rows in another order', "(1, 'x'), (2, 'y'), (2, 'y')", "(2, 'y'), (1, 'x'), (2, 'y')"],
] as const;

const different = [
  ['values that run together', "('a|b', 'c')", "('a', 'b|c')"],
  ['values with lengths in them', "('a', '1:b')", "('a1:', 'b')"],
  ['NULL and its text', "(NULL, 'x')", "('NULL', 'x')"],
  ['NULL and the empty text', "(NULL, 'x')", "('', 'x')"],
  ['NULL and its mark', "(NULL, 'x')", "('~', 'x')"],
  ['a row that is there twice', "('a', 'b')", "('a', 'b'), ('a', 'b')"],
  ['swapped columns', "('a', 'b')", "('b', 'a')"],
  ['a cent', "(1.00, 'x')", "(1.01, 'x')"],
] as const;

describe('a checksum', () => {
  let sums: Record<string, TableChecksum>;
  beforeEach(async () => {
    const tables = [...same, ...different].flatMap(([name, a, b]) => [
      table(`${name} a`, a),
      table(`${name} b`, b),
    ]);
    sums = await checksumsOf(tables.join('\n'));
  });

  it('is the same for the same rows, and different for any others', () => {
    const verdicts = [...same, ...different].map(([name]) => {
      const [a, b] = [sums[`shop.main.${name} a`], sums[`shop.main.${name} b`]];
      return [name, a?.rows, a?.checksum === b?.checksum];
    });
    expect(verdicts).toEqual([
      ...same.map(([name]) => [name, 3, true]),
      ...different.map(([name]) => [name, 1, false]),
    ]);
  });
});

it('covers empty tables, odd names and every schema, but no views', async () => {
  const sums = await checksumsOf(
    `CREATE TABLE shop."odd "" name" ("a b" INTEGER); CREATE SCHEMA shop.more; CREATE TABLE shop.more.t AS SELECT 1 AS x;
     CREATE VIEW shop.v AS SELECT * FROM shop.more.t;`,
  );
  expect(sums).toEqual({
    'shop.main.odd " name': { rows: 0, checksum: '0' },
    'shop.more.t': { rows: 1, checksum: expect.stringMatching(/^[1-9][0-9]*$/) as string },
  });
});

it('says so when the files are not readable', async () => {
  const world = await writeWorld(join(root, 'seeds'), { rows: table('t', '(1, 2)') });
  const { directory } = await buildWorld({ world, directory: join(root, 'warehouse') });
  await writeFile(join(directory, 'shop.duckdb'), 'not a database');
  await expect(worldChecksums(directory)).rejects.toBeInstanceOf(WorldUnreadable);
});
