/** Control characters, line separators, and the marks that reverse the direction of text. */
// eslint-disable-next-line no-control-regex -- they are what must not get through
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text without anything that a terminal would obey; line breaks and tabs stay. */
export const printable = (text: string): string => text.replace(controls, '·');

/** The text on one line, printable; cut with `…` when it is longer. */
export function oneLine(text: string, longest: number): string {
  const line = printable(text).replace(/[\t\n]/g, '·');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
