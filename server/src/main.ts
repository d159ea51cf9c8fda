import { runCommand } from './app/cli/program.js';

/** Could not do it; 1 would say that the data is bad. */
const couldNot = 2;

// Somebody's `| head` closed the pipe: that is no error of ours. A full disk is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`assay: the result could not be written: ${error.message}\n`);
  process.exit(couldNot);
});

process.exitCode = await runCommand(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`assay: internal error\n${error instanceof Error ? error.stack : String(error)}\n`);
  return couldNot;
});
