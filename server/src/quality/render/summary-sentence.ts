import { shown } from '../words.js';
import type { ExpectationResult } from '../run/suite-run.js';

/**
 * What is said beside the title. An author may word it: `meta.summary`, in which `{observed_value}` or
 * `{unexpected_count}` stands for what was seen: `{observed_value} duplicates found`.
 */
export function summarySentence({ expectation, judgement, sentence, error }: ExpectationResult): string {
  if (!judgement) return error?.message ?? 'not judged';
  const summary = expectation.meta['summary'];
  if (typeof summary !== 'string') return sentence ?? '';
  const { observation } = judgement;
  const values: Readonly<Record<string, string>> =
    observation.shape === 'value'
      ? { observed_value: shown(observation.observed) }
      : {
          unexpected_count: String(observation.counts.unexpected),
          element_count: String(observation.counts.rows),
        };
  return summary.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
