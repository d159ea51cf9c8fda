import { nearest } from '../../platform/text/index.js';
import type { DocumentPath, Report } from './source-document.js';

/** Other tools write keys of their own, so only a near miss of one of ours that is not there is a mistake. */
export function reportMisspelledKeys(
  written: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: DocumentPath,
  report: Report,
): void {
  for (const key of Object.keys(written)) {
    if (known.includes(key)) continue;
    const close = nearest(key, known);
    if (close && !(close in written))
      report([...path, key], `unknown key "${key}"`, `did you mean "${close}"?`);
  }
}
