import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from './duckdb-turns.js';

describe('Turns', () => {
  it('lets statements run side by side', async () => {
    const turns = new Turns();
    const [first, second] = await Promise.all([turns.take(false), turns.take(false)]);
    expect([first.hadCompany, second.hadCompany]).toEqual([true, true]);
    first.end();
    second.end();
    expect((await turns.take(false)).hadCompany).toBe(false);
  });

  it('lets one run alone after those that run, and before those that come later', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const first = await turns.take(false);
    const alone = turns.take(true).then((end) => (log.push('alone'), end));
    const later = turns.take(false).then((end) => (log.push('later'), end));
    await setImmediate();
    expect(log).toEqual([]);
    first.end();
    const endAlone = await alone;
    expect(endAlone.hadCompany).toBe(false);
    await setImmediate();
    expect(log).toEqual(['alone']);
    endAlone.end();
    (await later).end();
    expect(log).toEqual(['alone', 'later']);
  });

  it('lets two that must be alone run one after the other', async () => {
    const turns = new Turns();
    const end = await turns.take(true);
    let second = false;
    const next = turns.take(true).then((e) => ((second = true), e));
    await setImmediate();
    expect(second).toBe(false);
    end.end();
    (await next).end();
    expect(second).toBe(true);
  });
});
