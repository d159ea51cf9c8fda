import { runCommand } from './app/cli/program.js';

// Somebody's `| head` closed the pipe: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// A bug is something that could not be done; 1 would say that the data is bad.
process.exitCode = await runCommand(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`assay: internal error\n${error instanceof Error ? error.stack : String(error)}\n`);
  return 2;
});
