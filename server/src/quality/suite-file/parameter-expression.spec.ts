import { describe, expect, it } from 'vitest';
import { evaluateParameter } from './parameter-expression.js';

const now = new Date('2025-03-30T01:30:00.250Z');
const evaluate = (text: string): unknown => evaluateParameter(text, { low: 5, name: 'x' }, now);

describe('evaluateParameter', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3 / 4', 2.25],
    ['-low + 2', -3],
    ['abs(1 - low)', 4],
    ['now()', '2025-03-30T01:30:00.250Z'],
    ['now() - timedelta(weeks=52*100)', '1925-08-02T01:30:00.250Z'],
    ['now() + timedelta(1)', '2025-03-31T01:30:00.250Z'],
    ['datetime(1969, 1, 1)', '1969-01-01T00:00:00.000Z'],
    ['datetime(2024, 2, 28, 23, 59) + timedelta(minutes=1)', '2024-02-29T00:00:00.000Z'],
  ])('gives %s as %s', (text, value) => {
    expect(evaluate(text)).toEqual({ value });
  });

  it.each([
    '1 +',
    '1 + name',
    'now() + 1',
    'now() + now()',
    'timedelta(1)',
    'exec(1)',
    '1 1',
    '(1',
    '2 $ 3',
    'timedelta(years=1)',
    'now() - timedelta(weeks=99999999)',
    '('.repeat(20000),
    '-'.repeat(20000),
    '1 / 0',
  ])('refuses %s with a reason', (text) => {
    expect(evaluate(text)).toHaveProperty('reason');
  });
});
