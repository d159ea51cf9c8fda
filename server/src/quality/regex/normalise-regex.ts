/** The pattern uses what cannot be said; the message says what. */
export class NotExpressible extends Error {}

/** POSIX classes, each under a private code point while the pattern is parsed: no parser of ours knows them. */
const posixClasses = ['alnum', 'alpha', 'blank', 'digit', 'lower', 'punct', 'space', 'upper', 'xdigit'];
const firstPrivate = 0xf0000;

export const posixClassOf = (code: number): string | undefined => posixClasses[code - firstPrivate];

/** Escapes by a letter that mean the same in Python, JavaScript and the engines. */
const letterEscapes = 'dDwWsSbBnrtfvxukpP';

/**
 * Python's spelling in JavaScript's strict one, which has one meaning for everything it lets through: named groups,
 * `\A` and `\Z`, needless escapes (`\-`, `\_`), `]` first in brackets, POSIX classes.
 * @throws NotExpressible for escapes whose meaning differs
 */
export function normaliseRegex(regex: string): string {
  let out = '';
  let inClass = false;
  let at = 0;
  const rest = (): string => regex.slice(at);
  while (at < regex.length) {
    const c = regex[at] ?? '';
    const posix = inClass ? /^\[:(\w+):\]/.exec(rest()) : null;
    if (c === '\\') {
      out += escape(regex.slice(at + 1), inClass);
      at += 2;
    } else if (posix) {
      const index = posixClasses.indexOf(posix[1] ?? '');
      if (index < 0) throw new NotExpressible(`the regex has the unknown class ${posix[0]}`);
      out += String.fromCodePoint(firstPrivate + index);
      at += posix[0].length;
    } else if (!inClass && c === '[') {
      const [opening = '['] = /^\[\^?\]?/.exec(rest()) ?? [];
      out += opening.replace(']', '\\]');
      at += opening.length;
      inClass = true;
    } else if (inClass && c === ']') {
      out += c;
      at++;
      inClass = false;
    } else if (!inClass && rest().startsWith('(?P<')) {
      out += '(?<';
      at += 4;
    } else if (!inClass && rest().startsWith('(?P=')) {
      out += '\\k<';
      at += 4;
      const end = regex.indexOf(')', at);
      out += `${regex.slice(at, end < 0 ? undefined : end)}>`;
      at = end < 0 ? regex.length : end + 1;
    } else {
      out += c;
      at++;
    }
  }
  return out;
}

function escape(after: string, inClass: boolean): string {
  const [c] = after;
  if (c === undefined) throw new NotExpressible('the regex ends in a backslash');
  if (!inClass && c === 'A') return '^';
  if (!inClass && c === 'Z') return '$';
  if (/[A-Za-z]/.test(c)) {
    if (letterEscapes.includes(c) && !after.startsWith('x{')) return `\\${c}`;
    throw new NotExpressible(`the regex uses \\${c}, which does not mean the same everywhere`);
  }
  // Strict JavaScript knows the escape of its own signs only, and of "-" only in brackets.
  if (/[\^$\\.*+?()[\]{}|/\d]/.test(c) || (c === '-' && inClass)) return `\\${c}`;
  return c;
}
