import { setMaxListeners } from 'node:events';
import { Command, CommanderError } from 'commander';
import { addCheckCommand } from './check.command.js';
import type { CommandContext } from './command-context.js';
import { BadArguments, processOutput, reportError } from './console-output.js';
import { addDemoCommand } from './demo.command.js';
import { exitCode } from './exit-code.js';
import { addSeedCommand } from './seed.command.js';

/** Runs `assay ARGV…` and gives its exit code; throws only what is a bug. */
export async function runCommand(argv: readonly string[], output = processOutput): Promise<number> {
  const isJson = argv.includes('--json');
  let code: number = exitCode.holds;
  const interrupt = new AbortController();
  // Every statement of a run listens to it.
  setMaxListeners(0, interrupt.signal);
  const onInterrupt = (): void => {
    code = exitCode.interrupted;
    interrupt.abort();
  };
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);

  const program = new Command('assay')
    .description('Governance and data quality over SQL warehouses')
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError('(assay --help lists the commands)')
    .configureOutput({
      writeOut: (text) => output.result(text.trimEnd()),
      writeErr: (text) => output.note(text.trimEnd()),
    });
  const context: CommandContext = {
    output,
    signal: interrupt.signal,
    exit: (c) => {
      if (!interrupt.signal.aborted) code = c;
    },
  };
  for (const add of [addCheckCommand, addDemoCommand, addSeedCommand]) add(program, context);

  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCode.holds;
      // With --json somebody waits for a document, whatever went wrong.
      if (isJson) reportError(new BadArguments(error.message), isJson, output);
      return exitCode.badArguments;
    }
    const reported = reportError(error, isJson, output);
    return interrupt.signal.aborted ? exitCode.interrupted : reported;
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}
