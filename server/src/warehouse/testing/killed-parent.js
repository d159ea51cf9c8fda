// @ts-check
/** A parent for the test that kills it: starts the engine's process on an empty warehouse, says its pid, and waits. */
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const temporaryDirectory = String(process.argv[2]);
mkdirSync(temporaryDirectory);
const child = fork(fileURLToPath(new URL('../duckdb/duckdb-child.js', import.meta.url)), {
  serialization: 'advanced',
});
child.on('message', () => console.log(child.pid));
child.send({
  type: 'open',
  opening: {
    catalogs: [],
    views: [],
    mainCatalog: 'memory',
    timeZone: 'UTC',
    memoryLimitMb: 128,
    temporaryDirectory,
    maxTempDirectoryMb: 0,
  },
});
child.on('message', () => {
  const sql = 'SELECT count(*) FROM range(10000000000) a(i), range(10000) b(j) WHERE (i * j) % 7 = 8';
  child.send({ type: 'run', id: 1, sql, parameters: [], mode: 'read', maxRows: 1, maxBytes: 1000 });
});
