import type { z } from 'zod';
import { isRecord, nearest } from '../../platform/text/index.js';
import type { WarehouseCapabilities } from '../../warehouse/index.js';
import { parseRowCondition } from '../conditions/parse-row-condition.js';
import { findKind, kindTypes } from '../expectation-kinds/registry.js';
import type { AnyExpectationKind } from '../expectation-kinds/expectation-kind.js';
import { baseKwargs } from '../expectation-kinds/kwargs.js';
import { severities, type Expectation, type Severity } from '../suite.js';
import { fillParameters, type Parameters } from './parameters.js';
import { readResultFormat } from './result-format.js';
import type { DocumentPath, Report } from './source-document.js';

interface Context {
  parameters: Parameters;
  capabilities: WarehouseCapabilities;
  now: Date;
  report: Report;
}

/** One entry of `expectations`, of 0.18 (`expectation_type`) or 1.x (`type`); undefined when it has issues. */
export function readExpectation(
  item: unknown,
  path: DocumentPath,
  context: Context,
): Expectation | undefined {
  let sound = true;
  const report: Report = (at, message, suggestion) => {
    sound = false;
    context.report(at, message, suggestion);
  };
  if (!isRecord(item)) {
    report(path, 'an expectation is an object with "type" and "kwargs"');
    return undefined;
  }
  const typeKey = 'type' in item ? 'type' : 'expectation_type';
  const type = item[typeKey];
  if (typeof type !== 'string') {
    report(path, 'the expectation has no type', 'add "type"');
    return undefined;
  }
  const writtenKwargs = item['kwargs'] ?? {};
  if (!isRecord(writtenKwargs)) {
    report([...path, 'kwargs'], 'kwargs is an object');
    return undefined;
  }
  const severity = readSeverity(item, path, report);
  const meta = isRecord(item['meta']) ? item['meta'] : {};
  const kind = findKind(type);
  if (!kind) {
    const close = nearest(type, kindTypes());
    report([...path, typeKey], `unknown expectation "${type}"`, close && `did you mean "${close}"?`);
    return undefined;
  }
  const filled = fillParameters(writtenKwargs, context.parameters, [...path, 'kwargs'], report, context.now);
  const kwargs = readKwargs(kind, filled as Record<string, unknown>, [...path, 'kwargs'], context, report);
  if (!sound || !kwargs) return undefined;
  return { type, kwargs, writtenKwargs, meta: withNotes(meta, item['notes']), severity };
}

function withNotes(meta: Record<string, unknown>, notes: unknown): Record<string, unknown> {
  return notes === undefined || notes === null ? meta : { notes, ...meta };
}

function readSeverity(item: Record<string, unknown>, path: DocumentPath, report: Report): Severity {
  const severity = item['severity'] ?? 'critical';
  const known = severities.find((s) => s === severity);
  if (!known) {
    report(
      [...path, 'severity'],
      `unknown severity ${JSON.stringify(severity)}`,
      `one of ${severities.join(', ')}`,
    );
  }
  return known ?? 'critical';
}

function readKwargs(
  kind: AnyExpectationKind,
  kwargs: Record<string, unknown>,
  path: DocumentPath,
  context: Context,
  report: Report,
): Record<string, unknown> | undefined {
  const own = Object.keys(kind.kwargs.shape);
  const known = new Set([...own, ...Object.keys(baseKwargs.shape)]);
  for (const name of Object.keys(kwargs)) {
    if (known.has(name)) continue;
    const close = nearest(name, own) ?? nearest(name, known);
    report(
      [...path, name],
      `${kind.type} has no kwarg "${name}"`,
      close ? `did you mean "${close}"?` : `it has ${own.join(', ')}`,
    );
  }
  const [base, parsed] = [baseKwargs.safeParse(kwargs), kind.kwargs.safeParse(kwargs)];
  for (const { error } of [base, parsed]) {
    for (const issue of error?.issues ?? []) {
      const name = String(issue.path[0]);
      // A parameter without a value has been reported already.
      if (name in kwargs && kwargs[name] === undefined) continue;
      const missing = issue.code === 'invalid_type' && !(name in kwargs);
      report(
        [...path, ...(missing ? [] : (issue.path as DocumentPath))],
        missing ? `${kind.type} needs the kwarg "${name}"` : says(issue),
      );
    }
  }
  checkCondition(kwargs, path, report);
  const format = readResultFormat(kwargs['result_format']);
  if (format && 'reason' in format) report([...path, 'result_format'], format.reason);
  if (!parsed.success || !base.success) return undefined;
  for (const issue of kind.check(parsed.data, context.capabilities)) {
    report([...path, issue.kwarg], issue.message, issue.suggestion);
  }
  return { ...base.data, ...parsed.data };
}

function checkCondition(kwargs: Record<string, unknown>, path: DocumentPath, report: Report): void {
  const condition = kwargs['row_condition'];
  if (condition === undefined || condition === null) return;
  const parsed = parseRowCondition(condition, kwargs['condition_parser']);
  if ('reason' in parsed) report([...path, 'row_condition'], parsed.reason, parsed.suggestion);
}

/** Zod's sentence in the words of suites. */
function says(issue: z.core.$ZodIssue): string {
  const where = issue.path.join('.');
  return `${where}: ${issue.message.replace(/^Invalid input: /, '')}`;
}
