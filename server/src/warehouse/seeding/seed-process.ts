import { fork } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import type { BuildTask, ChecksumTask, SeedLimits, SeedReport, TableChecksum } from './seed-protocol.js';
import { WorldBuildCancelled } from './seeding.errors.js';

export interface SeedFailure {
  title: string;
  message: string;
}

export type SeedEnd =
  { end: 'done'; checksums: Record<string, TableChecksum> } | { end: 'failed'; failure: SeedFailure };

const stderrTail = 2_000;

/**
 * Runs one task in a child process and waits until that process has ended, so that its files are free.
 * @throws WorldBuildCancelled when the signal was aborted
 */
export function runSeedProcess(
  task: BuildTask | ChecksumTask,
  onStep: (step: number, title: string) => void,
  signal?: AbortSignal,
): Promise<SeedEnd> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(cancelled());
      return;
    }
    // No execArgv of ours: a loader or an inspector port is not for the child.
    const child = fork(new URL('./seed-child.js', import.meta.url), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let title = 'starting the process';
    let stderr = '';
    let end: SeedEnd | undefined;
    const stop = (): void => void child.kill('SIGKILL');
    const settle = (outcome: () => void): void => {
      signal?.removeEventListener('abort', stop);
      outcome();
    };
    signal?.addEventListener('abort', stop, { once: true });
    child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-stderrTail)));
    child.on('message', (message) => {
      const report = message as SeedReport;
      if (report.report === 'step') {
        title = report.title;
        onStep(report.step, report.title);
        return;
      }
      end =
        report.report === 'done'
          ? { end: 'done', checksums: report.checksums ?? {} }
          : { end: 'failed', failure: { title: report.title, message: report.message } };
      stop();
    });
    child.on('error', (error) =>
      settle(() => resolve({ end: 'failed', failure: { title, message: error.message } })),
    );
    child.on('close', (code, killedBy) =>
      settle(() => {
        if (end?.end !== 'done' && signal?.aborted) reject(cancelled());
        else resolve(end ?? { end: 'failed', failure: { title, message: ending(code, killedBy, stderr) } });
      }),
    );
    child.send(task);
  });
}

/** Half of what the machine or container has, and never more than 3 GB. */
export function seedLimits(temporaryDirectory: string): SeedLimits {
  const constrained = process.constrainedMemory();
  const total = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return {
    threads: availableParallelism(),
    memoryLimitMb: Math.round(Math.min(3072, Math.max(512, total / 2 / 2 ** 20))),
    temporaryDirectory,
  };
}

function cancelled(): WorldBuildCancelled {
  return new WorldBuildCancelled('the build was cancelled; nothing was changed');
}

function ending(code: number | null, killedBy: NodeJS.Signals | null, stderr: string): string {
  const how = killedBy
    ? `was killed by ${killedBy} (out of memory?)`
    : `ended with code ${code ?? 'unknown'}`;
  return `the builder's process ${how}${stderr ? `: ${stderr.trim()}` : ''}`;
}
