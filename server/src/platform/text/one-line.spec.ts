import { describe, expect, it } from 'vitest';
import { oneLine, printable } from './one-line.js';

describe('oneLine', () => {
  it.each([
    ['plain', 'plain'],
    ['a\nb\tc\r', 'a·b·c·'],
    ['\u001b[2Jgone', '·[2Jgone'],
    ['\u009b31m', '·31m'],
    ['abc\u202exyz', 'abc·xyz'],
    ['日本 é', '日本 é'],
    ['0123456789', '0123456…'],
  ])('shows %j as %s', (text, shown) => {
    expect(oneLine(text, 8)).toBe(shown.length > 8 ? oneLine(shown, 8) : shown);
  });
});

describe('printable', () => {
  it('keeps lines and tabs and nothing else that a terminal obeys', () => {
    expect(printable('a\n\tb\u0007\u001b]0;x')).toBe('a\n\tb··]0;x');
  });
});
