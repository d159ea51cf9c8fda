import type { ConsoleOutput } from './console-output.js';

const width = 24;

/**
 * One line on a terminal's stderr that is redrawn in place; nothing elsewhere.
 * Own code: the known libraries for it are unmaintained or need a newer Node than ours.
 */
export class ProgressBar {
  private drawn = false;

  constructor(
    private readonly label: string,
    private readonly output: Pick<ConsoleOutput, 'isTerminal'>,
    private readonly stream: { write(text: string): unknown } = process.stderr,
  ) {}

  show(done: number, total: number, what = ''): void {
    if (!this.output.isTerminal) return;
    const full = total === 0 ? width : Math.round((width * done) / total);
    const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
    this.stream.write(`\r\u001b[K${this.label} ${bar} ${done}/${total} ${what}`);
    this.drawn = true;
  }

  clear(): void {
    if (this.drawn) this.stream.write('\r\u001b[K');
    this.drawn = false;
  }
}
