import { describe, expect, it } from 'vitest';
import { ProgressBar } from './progress-bar.js';

function draw(isTerminal: boolean): string {
  let written = '';
  const bar = new ProgressBar('orders', { isTerminal }, { write: (text) => (written += text) });
  bar.show(1, 2, 'prices');
  bar.clear();
  return written;
}

describe('ProgressBar', () => {
  it('draws one line on a terminal and takes it away again', () => {
    expect(draw(true)).toBe(`\r\u001b[Korders ${'█'.repeat(12)}${'░'.repeat(12)} 1/2 prices\r\u001b[K`);
  });

  it('writes nothing where there is no terminal', () => {
    expect(draw(false)).toBe('');
  });
});
