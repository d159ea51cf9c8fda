// @ts-check
/**
 * Runs in a child process: the engine can take all its memory or be killed in mid-statement without harm to the parent.
 * Gets one task by message, reports by message, ends when it is done or when the parent is gone.
 * @typedef {import('./seed-protocol.js').BuildTask} BuildTask
 * @typedef {import('./seed-protocol.js').ChecksumTask} ChecksumTask
 * @typedef {import('./seed-protocol.js').SeedReport} SeedReport
 * @typedef {import('@duckdb/node-api').DuckDBConnection} DuckDBConnection
 */
import { readFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { checksumsOf } from './seed-checksums.js';

// Ctrl-C reaches the whole process group; whether to stop is the parent's to decide.
process.on('SIGINT', () => undefined);
// Not exit(): the engine's threads are still at work.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.once('message', (task) => void run(/** @type {BuildTask | ChecksumTask} */ (task)));

/** @param {BuildTask | ChecksumTask} task */
async function run(task) {
  const at = { title: 'opening the engine' };
  try {
    const connection = await open(task);
    const checksums =
      task.task === 'build' ? await build(connection, task, at) : await checksumsOf(connection);
    await close(connection, task, at);
    send({ report: 'done', ...(checksums && { checksums }) });
  } catch (error) {
    send({
      report: 'failed',
      title: at.title,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

/** @param {BuildTask | ChecksumTask} task */
async function open(task) {
  const { threads, memoryLimitMb, temporaryDirectory } = task.limits;
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${memoryLimitMb}MiB`,
    temp_directory: temporaryDirectory,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const options = task.task === 'build' ? '' : ' (READ_ONLY)';
  for (const { name, path } of task.catalogs)
    await connection.run(`ATTACH '${path.replaceAll("'", "''")}' AS "${name}"${options}`);
  return connection;
}

/**
 * @param {DuckDBConnection} connection
 * @param {BuildTask} task
 * @param {{ title: string }} at
 * @returns {Promise<undefined>}
 */
async function build(connection, task, at) {
  for (const [i, step] of task.steps.entries()) {
    at.title = step.title;
    send({ report: 'step', step: i + 1, title: step.title });
    const statements = await connection.extractStatements(await readFile(step.path, 'utf8'));
    for (let n = 0; n < statements.count; n++) {
      const statement = await statements.prepare(n);
      await statement.run();
      statement.destroySync();
    }
  }
  return undefined;
}

/**
 * Folds the write-ahead logs into the files, so that each catalog is one file and opens read-only.
 * @param {DuckDBConnection} connection
 * @param {BuildTask | ChecksumTask} task
 * @param {{ title: string }} at
 */
async function close(connection, task, at) {
  at.title = 'writing the files';
  for (const { name } of task.catalogs) {
    if (task.task === 'build') await connection.run(`CHECKPOINT "${name}"`);
    await connection.run(`DETACH "${name}"`);
  }
}

/** @param {SeedReport} report */
function send(report) {
  process.send?.(report);
}
