import { readFile } from 'node:fs/promises';

const everyMs = 250;

/**
 * What DuckDB's own limit does not count: the process itself, our values on their way, and strings that functions
 * build, which the engine allocates past its limit.
 */
const marginMb = 512;

/** Watches a process's memory where `/proc` exists, and reports once when it outgrows its limit. */
export class MemoryWatch {
  private readonly timer: NodeJS.Timeout;
  private readonly killAboveMb: number;

  constructor(
    private readonly pid: number,
    memoryLimitMb: number,
    private readonly onOutgrown: (rssMb: number) => void,
  ) {
    this.killAboveMb = memoryLimitMb + marginMb;
    this.timer = setInterval(() => void this.look(), everyMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const rssMb = await residentMb(this.pid);
    if (rssMb === undefined || rssMb <= this.killAboveMb) return;
    this.stop();
    this.onOutgrown(rssMb);
  }
}

/** Undefined where there is no /proc, and when the process is gone. */
async function residentMb(pid: number): Promise<number | undefined> {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'));
    return match ? Math.round(Number(match[1]) / 1024) : undefined;
  } catch {
    return undefined;
  }
}
