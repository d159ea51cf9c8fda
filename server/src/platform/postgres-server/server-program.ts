import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { canTraverse, type ServerUser } from './server-user.js';

/**
 * Starts a server program on a data directory. Where the user cannot reach the directory by its path (a 0700 home
 * above it) the program gets it as its working directory instead, entered before privileges are dropped.
 */
export function spawnOn(
  directory: string,
  program: string,
  args: readonly string[],
  options: { user: ServerUser; stdio: StdioOptions; detached?: boolean },
): ChildProcess {
  const reached = canTraverse(directory, options.user) ? directory : '/proc/self/cwd';
  return spawn(program, ['-D', reached, ...args], {
    ...options.user,
    cwd: directory,
    stdio: options.stdio,
    detached: options.detached ?? false,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
  });
}

/** The end of what a program wrote, for messages. */
export class Output {
  private text = '';

  constructor(child: ChildProcess, onLog?: (text: string) => void) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.text = (this.text + chunk).slice(-20_000);
        onLog?.(chunk);
      });
    }
  }

  toString(): string {
    return this.text.trim();
  }
}
