// Runs one of the repository's commands on a tree that may be a bare clone: installs what the lockfile names,
// builds what changed, then does the work. Plain Node, because nothing is installed yet when it starts.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const [command, ...args] = process.argv.slice(2);

const commands = {
  assay: () => node('server/dist/main.js', args),
  demo: () => node('server/dist/main.js', ['demo', ...args]),
  check: () => sequence(['format:check', 'lint', 'types', 'deps', 'test:unit']),
  test: () => test(args),
  bench: () => node('server/bench/main.mjs', args),
  dev: () => run(bin('tsc'), ['-b', 'server', '--watch', '--preserveWatchOutput'], { cwd: root }),
};

function run(file, argv, options = {}) {
  const { status, signal, error } = spawnSync(file, argv, {
    stdio: 'inherit',
    cwd: process.cwd(),
    ...options,
  });
  if (error) throw error;
  return status ?? (signal ? 130 : 1);
}

const node = (script, argv) => run(process.execPath, [path.join(root, script), ...argv]);

function sequence(scripts) {
  for (const script of scripts) {
    const status = run(npm, ['run', '--silent', script], { cwd: root });
    if (status !== 0) {
      console.error(`npm run ${script} failed`);
      return status;
    }
  }
  return 0;
}

/** All tests; the runner's own report lies in .assay/reports for whoever counts. */
function test(argv) {
  const reports = path.join(root, '.assay', 'reports');
  if (argv.length === 0) {
    rmSync(reports, { recursive: true, force: true });
    mkdirSync(reports, { recursive: true });
  }
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reports}/server.json`];
  return run(bin('vitest'), ['run', '--root', 'server', ...(argv.length ? argv : reporters)], { cwd: root });
}

/** Installs when the lockfile is not the one that node_modules was made from. */
function install() {
  const stamp = path.join(root, 'node_modules', '.assay-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing dependencies …');
  const status = run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status);
  writeFileSync(stamp, wanted);
}

function build() {
  const status = run(bin('tsc'), ['-b', 'server'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Assay needs Node 20.19 or later; this is ${process.versions.node}.`);
  process.exit(2);
}
const work = commands[command];
if (!work) {
  console.error(`Usage: node server/bin/run.mjs ${Object.keys(commands).join('|')}`);
  process.exit(64);
}
install();
if (command !== 'dev' && command !== 'check') build();
process.exit(work());
