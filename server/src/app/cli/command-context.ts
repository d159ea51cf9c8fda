import type { ConsoleOutput } from './console-output.js';

/** What a command hands back; `signal` is aborted by Ctrl-C. */
export interface CommandContext {
  output: ConsoleOutput;
  signal: AbortSignal;
  exit(code: number): void;
}
