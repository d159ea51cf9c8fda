import { fork, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputInvalid } from '../../platform/errors/index.js';
import { buildWorld, listWorlds, readWorld, WorldBuildCancelled, WorldBuildFailed } from './index.js';
import type { WorldManifest } from './index.js';
import { OpenWorld, seedsDirectory } from './testing/worlds.js';
import { writeWorld } from './testing/write-world.js';

let root: string;
let directory: string;
let seeds: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'assay-build-'));
  directory = join(root, 'warehouse');
  seeds = join(root, 'seeds');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const orders = (rows: number): string =>
  `CREATE TABLE working AS SELECT range AS id FROM range(${rows});
   CREATE TABLE shop.orders AS SELECT * FROM working;`;
/** Far longer than any test waits. */
const endlessSql =
  'CREATE TABLE shop.big AS SELECT sum(a.range * b.range) AS s FROM range(100000000) a, range(100000000) b;';

async function countOrders(world: WorldManifest): Promise<number> {
  const open = await OpenWorld.open(world, join(directory, world.name));
  try {
    return Number((await open.row('SELECT COUNT(*) AS n FROM shop.orders'))['n']);
  } finally {
    open.close();
  }
}

describe('buildWorld', () => {
  it('leaves the catalogs, a stamp and nothing else', async () => {
    const world = await writeWorld(seeds, { orders: orders(3) });
    const result = await buildWorld({ world, directory });
    expect(result).toMatchObject({ built: true, directory: join(directory, 'tiny') });
    expect((await readdir(result.directory)).sort()).toEqual(['build.json', 'shop.duckdb']);
    expect(await readdir(directory)).toEqual(['tiny']);
    expect(await countOrders(world)).toBe(3);
  });

  it('tells each step as it begins', async () => {
    const world = await writeWorld(seeds, { orders: orders(3), more: 'INSERT INTO shop.orders VALUES (9);' });
    const told: unknown[] = [];
    await buildWorld({ world, directory, onProgress: (p) => told.push(p) });
    expect(told).toEqual([
      { step: 1, steps: 2, title: 'orders' },
      { step: 2, steps: 2, title: 'more' },
    ]);
  });

  it('skips a world that is built from the same files, unless forced', async () => {
    const world = await writeWorld(seeds, { orders: orders(3) });
    const built = async (force?: boolean): Promise<boolean> =>
      (await buildWorld({ world, directory, force })).built;
    expect([await built(), await built(), await built(true)]).toEqual([true, false, true]);
  });

  it('builds again when a step changed', async () => {
    await buildWorld({ world: await writeWorld(seeds, { orders: orders(3) }), directory });
    const world = await writeWorld(seeds, { orders: orders(4) });
    expect((await buildWorld({ world, directory })).built).toBe(true);
    expect(await countOrders(world)).toBe(4);
  });

  it('builds again when a file is gone', async () => {
    const world = await writeWorld(seeds, { orders: orders(3) });
    await buildWorld({ world, directory });
    await rm(join(directory, 'tiny', 'shop.duckdb'));
    expect((await buildWorld({ world, directory })).built).toBe(true);
  });

  it('names the step and what the engine said, and keeps the old world', async () => {
    await buildWorld({ world: await writeWorld(seeds, { orders: orders(3) }), directory });
    const world = await writeWorld(seeds, {
      orders: orders(5),
      refunds: 'CREATE TABLE shop.r AS SELECT nothing FROM working;',
    });
    const error: unknown = await buildWorld({ world, directory }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(WorldBuildFailed);
    expect((error as WorldBuildFailed).message).toMatch(/'tiny'.*'refunds'.*"nothing"/s);
    expect((error as WorldBuildFailed).details).toMatchObject({ world: 'tiny', step: 'refunds' });
    expect(await readdir(directory)).toEqual(['tiny']);
    expect(await countOrders(world)).toBe(3);
  });

  it('stops within seconds when aborted in mid-statement, and keeps the old world', async () => {
    await buildWorld({ world: await writeWorld(seeds, { orders: orders(3) }), directory });
    const world = await writeWorld(seeds, { orders: orders(5), endless: endlessSql });
    const abort = new AbortController();
    const building = buildWorld({
      world,
      directory,
      signal: abort.signal,
      onProgress: ({ title }) => title === 'endless' && abort.abort(),
    });
    await expect(building).rejects.toBeInstanceOf(WorldBuildCancelled);
    expect(await readdir(directory)).toEqual(['tiny']);
    expect(await countOrders(world)).toBe(3);
  });

  it('does nothing when the signal was aborted before', async () => {
    const world = await writeWorld(seeds, { orders: orders(3) });
    await expect(buildWorld({ world, directory, signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      WorldBuildCancelled,
    );
    expect(await readdir(directory)).toEqual([]);
  });

  it('lets a reader of the old world finish after it was replaced', async () => {
    const old = await writeWorld(seeds, { orders: orders(3) });
    await buildWorld({ world: old, directory });
    const reader = await OpenWorld.open(old, join(directory, 'tiny'));
    const world = await writeWorld(seeds, { orders: orders(4) });
    await buildWorld({ world, directory });
    expect(await reader.row('SELECT COUNT(*) AS n FROM shop.orders')).toEqual({ n: '3' });
    reader.close();
    expect(await countOrders(world)).toBe(4);
  });
});

describe('two builders', () => {
  it('of the same directory build once: the second waits and finds it built', async () => {
    const world = await writeWorld(seeds, { orders: orders(1000) });
    const results = await Promise.all([1, 2, 3].map(() => buildWorld({ world, directory })));
    expect(results.map((r) => r.built).sort()).toEqual([false, false, true]);
    expect(await readdir(directory)).toEqual(['tiny']);
  });

  it('can be stopped while one waits for the other', async () => {
    const world = await writeWorld(seeds, { endless: endlessSql });
    const [first, second] = [new AbortController(), new AbortController()];
    const progress = new EventEmitter();
    const begun = once(progress, 'begun');
    const building = buildWorld({
      world,
      directory,
      signal: first.signal,
      onProgress: () => progress.emit('begun'),
    });
    await begun;
    const waiting = buildWorld({ world, directory, signal: second.signal });
    second.abort();
    await expect(waiting).rejects.toBeInstanceOf(WorldBuildCancelled);
    first.abort();
    await expect(building).rejects.toBeInstanceOf(WorldBuildCancelled);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('a builder that is killed', () => {
  it('takes its engine process with it', async () => {
    const world = await writeWorld(seeds, { endless: endlessSql });
    const task = {
      task: 'build',
      catalogs: [{ name: 'shop', path: join(root, 'shop.duckdb') }],
      steps: world.steps.map((s) => ({ title: s.title, path: join(world.directory, s.file) })),
      limits: { threads: 1, memoryLimitMb: 512, temporaryDirectory: join(root, 'spill') },
    };
    const seedChild = fileURLToPath(new URL('./seed-child.js', import.meta.url));
    const script = `
      const child = require('node:child_process').fork(process.argv[1]);
      child.on('message', (report) => report.report === 'step' && process.send('begun'));
      child.send(JSON.parse(process.argv[2]));`;
    // The engine process inherits this pipe: it closes only when both are gone.
    const builder = spawn(process.execPath, ['-e', script, seedChild, JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    const closed = once(builder, 'close');
    await once(builder, 'message');
    builder.kill('SIGKILL');
    expect(await closed).toEqual([null, 'SIGKILL']);
  });
});

describe('what a dead builder left', () => {
  async function deadPid(): Promise<number> {
    const child = fork('-', [], { execPath: process.execPath, execArgv: ['-e', '0'], stdio: 'ignore' });
    const { pid } = child;
    await once(child, 'exit');
    if (pid === undefined) throw new Error('the process did not start');
    return pid;
  }

  it('is a lock of a process that is gone: taken over', async () => {
    const world = await writeWorld(seeds, { orders: orders(3) });
    await mkdir(directory);
    const owner = { pid: await deadPid(), host: hostname(), token: 'x' };
    await writeFile(join(directory, '.tiny.lock'), JSON.stringify(owner));
    expect((await buildWorld({ world, directory })).built).toBe(true);
    expect(await readdir(directory)).toEqual(['tiny']);
  });

  it('is a lock cut off in mid-write, without a heartbeat: taken over', async () => {
    const world = await writeWorld(seeds, { orders: orders(3) });
    await mkdir(directory);
    const lock = join(directory, '.tiny.lock');
    await writeFile(lock, '{"pid":');
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(lock, longAgo, longAgo);
    expect((await buildWorld({ world, directory })).built).toBe(true);
  });

  it('is half a world aside: removed, and other worlds are left alone', async () => {
    const world = await writeWorld(seeds, { orders: orders(3) });
    for (const name of ['.tiny.building-dead', '.tiny.replaced-dead', '.tiny2.building-alive'])
      await mkdir(join(directory, name), { recursive: true });
    await buildWorld({ world, directory });
    expect((await readdir(directory)).sort()).toEqual(['.tiny2.building-alive', 'tiny']);
  });

  it('is the old world renamed away and no new one in its place: brought back', async () => {
    const world = await writeWorld(seeds, { orders: orders(3) });
    await buildWorld({ world, directory });
    const inode = (await stat(join(directory, 'tiny', 'shop.duckdb'))).ino;
    await rename(join(directory, 'tiny'), join(directory, '.tiny.replaced-dead'));
    expect((await buildWorld({ world, directory })).built).toBe(false);
    expect((await stat(join(directory, 'tiny', 'shop.duckdb'))).ino).toBe(inode);
    expect(await readdir(directory)).toEqual(['tiny']);
  });
});

describe('worlds of a seeds folder', () => {
  it('are listed by name, and folders without manifest are none', async () => {
    await writeWorld(seeds, { orders: orders(1) }, 'two');
    await writeWorld(seeds, { orders: orders(1) }, 'one');
    await mkdir(join(seeds, 'notes'));
    expect((await listWorlds(seeds)).map((w) => w.name)).toEqual(['one', 'two']);
  });

  it('include the two that we ship', async () => {
    expect((await listWorlds(seedsDirectory)).map((w) => [w.name, w.main])).toEqual([
      ['acme', 'acme'],
      ['novamart', 'analytics'],
    ]);
  });

  it.each([
    ['is not there', '02_ordres.sql', /no file '02_ordres.sql'/, "did you mean '02_orders.sql'?"],
    ['lies outside', '../secret.sql', /outside/, 'name a file below the folder of world.yaml'],
  ])('are refused when a step file %s', async (_, file, message, suggestion) => {
    const world = await writeWorld(seeds, { '02_orders': orders(1) });
    const manifest = join(world.directory, 'world.yaml');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('02_orders.sql', file));
    const error: unknown = await readWorld(join(seeds, 'tiny')).catch((e: unknown) => e);
    expect((error as InputInvalid).issues).toEqual([
      { path: 'steps[0].file', line: 7, message: expect.stringMatching(message) as string, suggestion },
    ]);
  });
});
