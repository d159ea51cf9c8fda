/** The text on one line, without anything that a terminal would obey; cut with `…` when it is longer. */
export function oneLine(text: string, longest: number): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must not get through
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '·');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
