/** ` (line 2, character 14)` for a 0-based offset in code points, as the parsers of both engines count them. */
export function atCharacter(sql: string, offset: number): string {
  const before = [...sql].slice(0, offset).join('').split('\n');
  return ` (line ${before.length}, character ${[...before.at(-1)!].length + 1})`;
}
