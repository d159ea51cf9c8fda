import { oneLine, printable } from '../../platform/text/index.js';
import { number } from '../words.js';
import type { Outcome } from '../outcome.js';
import type { FailingRowsRead, SuiteRun } from '../run/suite-run.js';
import { textTable } from './text-table.js';
import { summarySentence } from './summary-sentence.js';

const tags: Readonly<Record<Outcome, string>> = {
  passed: '[PASS]',
  warned: '[WARN]',
  failed: '[FAIL]',
  errored: '[ERROR]',
  skipped: '[SKIP]',
};

/** Rows of a sample that are shown; all of them are in the JSON and behind the SQL. */
const shownRows = 5;
/** Of a title or sentence. */
const longest = 300;

/** How an outcome is marked up where it is read, such as by colour. */
export type Paint = (outcome: Outcome, text: string) => string;

/** A run for people: verdict, one line for each expectation, and the rows at fault. */
export function readableRun(run: SuiteRun, paint: Paint = (_, text) => text): string {
  const passed = run.results.filter((r) => r.outcome === 'passed').length;
  const status = paint(run.outcome, run.outcome.toUpperCase());
  const lines = [
    `Suite: ${oneLine(run.suite.name, longest)}`,
    `Status: ${status} (${passed}/${run.results.length})`,
  ];
  if (run.results.length === 0) lines.push('Note: the suite has no expectations, so it judged nothing');
  for (const result of run.results) {
    lines.push(
      `${paint(result.outcome, tags[result.outcome])} ${oneLine(result.title, longest)}: ${oneLine(summarySentence(result), longest)}`,
    );
    const { notices = [], failingRows, failingRowsNotice } = result;
    for (const notice of notices) lines.push(indented(`Note: ${notice}`));
    if (failingRows && result.outcome !== 'passed') lines.push(...failingRowLines(failingRows));
    if (failingRowsNotice) lines.push(indented(`Rows: ${oneLine(failingRowsNotice, longest)}`));
  }
  if (!run.consistent) {
    lines.push('Note: the statements of this run may have read different states of the data');
  }
  return lines.join('\n');
}

const indented = (text: string): string => text.replace(/^/gm, '       ');

function failingRowLines(failing: FailingRowsRead): string[] {
  const first = [...failing.key, ...failing.domain];
  const columns = [...new Set([...first, ...failing.columns])].filter((c) => failing.columns.includes(c));
  const rows = failing.rows
    .slice(0, shownRows)
    .map((row) => columns.map((name) => row[failing.columns.indexOf(name)] ?? null));
  const known = failing.total ?? failing.rows.length;
  const more = known > rows.length ? `${number(known - rows.length)} more; ` : '';
  return [
    ...textTable(columns, rows).map(indented),
    indented(`${more}all of them:`),
    indented(printable(failing.sql).replace(/^/gm, '  ')),
  ];
}
