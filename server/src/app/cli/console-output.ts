import { styleText } from 'node:util';
import type { Paint } from '../../quality/index.js';
import { DomainError, InputInvalid, type Issue } from '../../platform/errors/index.js';
import { oneLine, printable } from '../../platform/text/index.js';
import { WarehouseUrlInvalid } from '../../warehouse/index.js';
import { exitCode } from './exit-code.js';

/** Where a command writes: results to stdout, everything for people beside them to stderr. */
export interface ConsoleOutput {
  result(text: string): void;
  note(text: string): void;
  readonly isTerminal: boolean;
  /** Colours on a terminal, unless NO_COLOR asks for none. */
  readonly paint: Paint;
}

export const processOutput: ConsoleOutput = {
  result: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${printable(text)}\n`),
  isTerminal: process.stderr.isTTY === true,
  paint: (outcome, text) =>
    process.stdout.isTTY && !process.env['NO_COLOR'] ? styleText(colours[outcome], text) : text,
};

const colours = {
  passed: 'green',
  warned: 'yellow',
  failed: 'red',
  errored: 'magenta',
  skipped: 'gray',
} as const;

/** The arguments of a command are wrong in a way that only the command can see. */
export class BadArguments extends DomainError {
  readonly code = 'cli.bad-arguments';
  override readonly logLevel = 'info';
}

/** Says what went wrong, as one JSON document where that was asked for, and gives the exit code for it. */
export function reportError(error: unknown, json: boolean, output: ConsoleOutput): number {
  if (error instanceof InputInvalid) {
    if (json) output.result(JSON.stringify({ issues: error.issues }, null, 2));
    else output.note([`${error.subject} cannot be used:`, ...error.issues.map(issueLine)].join('\n'));
    return exitCode.badInput;
  }
  if (!(error instanceof DomainError)) {
    if (json) output.result(JSON.stringify({ error: { code: 'internal', message: String(error) } }, null, 2));
    throw error;
  }
  if (json) output.result(JSON.stringify({ error: { code: error.code, message: error.message } }, null, 2));
  else output.note(`assay: ${error.message}`);
  return error instanceof BadArguments || error instanceof WarehouseUrlInvalid
    ? exitCode.badArguments
    : exitCode.couldNot;
}

function issueLine({ path, line, message, suggestion }: Issue): string {
  const where = [line === undefined ? '' : `line ${line}`, path].filter((part) => part !== '').join(', ');
  return oneLine(`  ${where ? `${where}: ` : ''}${message}${suggestion ? ` — ${suggestion}` : ''}`, 500);
}
