import { nearest } from '../../platform/text/index.js';

/** Why a function of this name may not be called; nothing when it may. */
export function refuseFunction(name: string, allowed: ReadonlySet<string>): string | undefined {
  if (allowed.has(name)) return undefined;
  const suggestion = nearest(name, allowed);
  return (
    `function "${name}" is not on the allow-list of functions for user SQL` +
    (suggestion === undefined ? '' : `; did you mean "${suggestion}"?`)
  );
}

/** Data files write their names in lines, as people read them. */
export function names(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.trim().split(/\s+/)));
}
