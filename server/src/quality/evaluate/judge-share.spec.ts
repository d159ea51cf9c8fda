import { describe, expect, it } from 'vitest';
import { judgeShare } from './judge-share.js';

describe('judgeShare', () => {
  it.each([
    // rows, ignored, unexpected, mostly, success
    [10, 0, 0, 1, true],
    [10, 0, 1, 1, false],
    [10, 0, 1, 0.9, true],
    [20, 0, 1, 0.95, true],
    [10, 5, 1, 0.9, false],
    [0, 0, 0, 1, true],
    [7, 7, 0, 1, true],
    [10, 0, 10, 0, true],
  ])('%i rows, %i ignored, %i unexpected at mostly %d: %s', (rows, ignored, unexpected, mostly, success) => {
    expect(judgeShare({ rows, ignored, unexpected }, mostly).success).toBe(success);
  });

  it('says so when there was nothing to judge', () => {
    expect(judgeShare({ rows: 0, ignored: 0, unexpected: 0 }, 1).notice).toMatch(/no rows/);
    expect(judgeShare({ rows: 3, ignored: 3, unexpected: 0 }, 1).notice).toMatch(/no values/);
    expect(judgeShare({ rows: 3, ignored: 0, unexpected: 0 }, 1).notice).toBeUndefined();
  });
});
