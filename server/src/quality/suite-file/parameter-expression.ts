/**
 * The arithmetic that Great Expectations allows in `$PARAMETER`: numbers, other parameters, `+ - * /`,
 * `abs`, `round`, `trunc`, and times: `now()`, `datetime(2025, 1, 1)`, `timedelta(weeks=2, days=1)`.
 * Times come out as ISO text in UTC, with their `Z`.
 */
export function evaluateParameter(
  text: string,
  parameters: Readonly<Record<string, unknown>>,
  now: Date,
): { value: unknown } | { reason: string } {
  try {
    const parser = new Parser(tokens(text), parameters, now);
    const value = parser.whole();
    if (value.kind === 'number') {
      return Number.isFinite(value.number) ? { value: value.number } : { reason: 'it is no finite number' };
    }
    if (value.kind === 'time') {
      const time = new Date(value.ms);
      return isInYearRange(time)
        ? { value: time.toISOString() }
        : { reason: 'it is outside the years 1 to 9999' };
    }
    return { reason: 'it is a span of time, not a moment' };
  } catch (error) {
    if (error instanceof NotAnExpression) return { reason: error.message };
    throw error;
  }
}

/** Whether the text is more than the name of a parameter. */
export const isExpression = (text: string): boolean => /[-+*/()]/.test(text);

const isInYearRange = (time: Date): boolean =>
  !Number.isNaN(time.getTime()) && time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999;

class NotAnExpression extends Error {}

type Value = { kind: 'number'; number: number } | { kind: 'time' | 'span'; ms: number };

const units: Readonly<Record<string, number>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
};

const roundings: Readonly<Record<string, (n: number) => number>> = {
  abs: Math.abs,
  round: Math.round,
  trunc: Math.trunc,
};

function tokens(text: string): string[] {
  const found = text.match(/\d+(?:\.\d+)?|[A-Za-z_][\w.:]*|[-+*/(),=]|\S/g) ?? [];
  const odd = found.find((t) => !/^[\w\d.:]+$|^[-+*/(),=]$/.test(t));
  if (odd !== undefined) throw new NotAnExpression(`"${odd}" has no meaning here`);
  return found;
}

const deepest = 50;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly parameters: Readonly<Record<string, unknown>>,
    private readonly now: Date,
  ) {}

  whole(): Value {
    const value = this.sum();
    if (this.at < this.tokens.length) throw new NotAnExpression(`"${this.tokens[this.at]}" is too much`);
    return value;
  }

  private sum(): Value {
    if (++this.depth > deepest) throw new NotAnExpression('it is nested too deeply');
    let left = this.product();
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) {
      left = add(left, this.product(), sign === '+' ? 1 : -1);
    }
    this.depth--;
    return left;
  }

  private product(): Value {
    let left = this.atom();
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/')) {
      const right = this.atom();
      if (left.kind !== 'number' || right.kind !== 'number') {
        throw new NotAnExpression(`only numbers can stand at "${sign}"`);
      }
      left = {
        kind: 'number',
        number: sign === '*' ? left.number * right.number : left.number / right.number,
      };
    }
    return left;
  }

  private atom(): Value {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new NotAnExpression('it ends too early');
    if (token === '-') {
      if (this.tokens[this.at] === '-') throw new NotAnExpression('"-" stands twice');
      return add({ kind: 'number', number: 0 }, this.atom(), -1);
    }
    if (token === '(') {
      const value = this.sum();
      this.expect(')');
      return value;
    }
    if (/^\d/.test(token)) return { kind: 'number', number: Number(token) };
    if (this.take('(')) return this.call(token);
    const value = this.parameters[token];
    if (typeof value === 'number') return { kind: 'number', number: value };
    throw new NotAnExpression(`"${token}" is no number that was given`);
  }

  private call(name: string): Value {
    const args = this.args();
    if (name === 'now' && args.length === 0) return { kind: 'time', ms: this.now.getTime() };
    if (name === 'timedelta') {
      // Positional arguments are days, as in Python.
      const ms = args.reduce((sum, { key = 'days', number }) => sum + number * (units[key] ?? Number.NaN), 0);
      if (Number.isNaN(ms)) throw new NotAnExpression(`timedelta knows ${Object.keys(units).join(', ')}`);
      return { kind: 'span', ms };
    }
    if (name === 'datetime' && args.length >= 3 && args.every((a) => a.key === undefined)) {
      const [year = 0, month = 1, ...rest] = args.map((a) => a.number);
      return { kind: 'time', ms: Date.UTC(year, month - 1, ...rest) };
    }
    const rounding = roundings[name];
    if (rounding && args[0] && args.length === 1) return { kind: 'number', number: rounding(args[0].number) };
    throw new NotAnExpression(`there is no function ${name} for these arguments`);
  }

  private args(): { key?: string; number: number }[] {
    const args: { key?: string; number: number }[] = [];
    while (!this.take(')')) {
      if (args.length > 0) this.expect(',');
      const isKeyword = this.tokens[this.at + 1] === '=';
      const key = isKeyword ? this.tokens[this.at] : undefined;
      if (isKeyword) this.at += 2;
      const value = this.sum();
      if (value.kind !== 'number') throw new NotAnExpression('arguments are numbers');
      args.push({ ...(key === undefined ? {} : { key }), number: value.number });
    }
    return args;
  }

  private take(...wanted: string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.at++;
    return token;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new NotAnExpression(`"${token}" is missing`);
  }
}

function add(left: Value, right: Value, sign: 1 | -1): Value {
  if (left.kind === 'number' && right.kind === 'number') {
    return { kind: 'number', number: left.number + sign * right.number };
  }
  if (left.kind === 'number' || right.kind === 'number') {
    throw new NotAnExpression('a number cannot be added to a time');
  }
  const ms = left.ms + sign * right.ms;
  if (right.kind === 'span') return { kind: left.kind, ms };
  if (left.kind === 'time' && sign < 0) return { kind: 'span', ms };
  throw new NotAnExpression('two times cannot be added');
}
