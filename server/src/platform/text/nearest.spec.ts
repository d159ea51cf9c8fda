import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.js';

describe('nearest', () => {
  it.each<[title: string, word: string, candidates: string[], meant: string | undefined]>([
    ['one letter off in a short word', 'pair', ['pairs', 'value'], 'pairs'],
    ['one letter off in five', 'amont', ['amount'], 'amount'],
    ['two letters off in five is another word', 'state', ['slate', 'stale'], 'slate'],
    ['not two letters off in five', 'price', ['prime_'], undefined],
    ['not two letters off in three', 'min', ['max'], undefined],
    ['two letters off in six', 'colunm', ['column'], 'column'],
    ['two letters off in eight', 'max_vlaue', ['max_value'], 'max_value'],
    ['not three letters off in eight', 'quantity', ['quality_x'], undefined],
    ['three letters off in nine', 'min_vlau_', ['min_value'], 'min_value'],
    ['not four letters off in nine', 'abcdefghi', ['abcdewxyz'], undefined],
    [
      'three letters off in a long word',
      'row_condition_prsr',
      ['row_condition_parser'],
      'row_condition_parser',
    ],
    ['not the opposite', 'values_to_be_null', ['values_to_not_be_null'], undefined],
    ['other case', 'AMOUNT', ['amount'], 'amount'],
    ['the closest of several', 'statuss', ['stats', 'status'], 'status'],
    ['the first of equals', 'b', ['a', 'c'], 'a'],
    ['no candidates', 'amount', [], undefined],
  ])('%s', (_title, word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant);
  });
});
