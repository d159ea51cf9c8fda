import { describe, expect, it } from 'vitest';
import { textTable } from './text-table.js';

describe('textTable', () => {
  it('pads to the widest cell and shows NULL as a word', () => {
    expect(
      textTable(
        ['id', 'name'],
        [
          [1, null],
          [10n, 'Ann'],
        ],
      ),
    ).toEqual(['id  name', '1   NULL', '10  Ann']);
  });

  it('counts the columns that do not fit', () => {
    const columns = Array.from({ length: 30 }, (_, i) => `column_${i}`);
    expect(textTable(columns, [])[0]).toMatch(/… \d+ more columns$/);
  });

  it('lets no value break the line or the terminal', () => {
    expect(textTable(['x'], [['a\nb\u001b[2J']])[1]).toBe('a·b·[2J');
  });
});
