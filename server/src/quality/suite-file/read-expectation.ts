import type { z } from 'zod';
import { isRecord, nearest } from '../../platform/text/index.js';
import type { WarehouseCapabilities } from '../../warehouse/index.js';
import { parseRowCondition } from '../conditions/parse-row-condition.js';
import type { RowCondition } from '../conditions/row-condition.js';
import type { BoundExpectation, ExpectationKind } from '../expectation-kinds/expectation-kind.js';
import { baseKwargs } from '../expectation-kinds/kwargs-schema.js';
import { findKind, kindTypes } from '../expectation-kinds/registry.js';
import { severities, type Expectation, type ResultFormatOption, type Severity } from '../suite.js';
import { reportMisspelledKeys } from './misspelled-keys.js';
import { fillParameters, type Parameters } from './parameters.js';
import { readResultFormat } from './result-format.js';
import type { DocumentPath, Report } from './source-document.js';

interface Context {
  parameters: Parameters;
  capabilities: WarehouseCapabilities;
  now: Date;
  report: Report;
}

const keys = [
  'type',
  'expectation_type',
  'kwargs',
  'meta',
  'notes',
  'severity',
  'description',
  'id',
  'ge_cloud_id',
  'rendered_content',
  'expectation_context',
  'windows',
];

/** One entry of `expectations`, of 0.18 (`expectation_type`) or 1.x (`type`); undefined when it has issues. */
export function readExpectation(
  item: unknown,
  path: DocumentPath,
  context: Context,
): Omit<Expectation, 'line'> | undefined {
  let sound = true;
  const report: Report = (at, message, suggestion) => {
    sound = false;
    context.report(at, message, suggestion);
  };
  if (!isRecord(item)) {
    report(path, 'an expectation is an object with "type" and "kwargs"');
    return undefined;
  }
  reportMisspelledKeys(item, keys, path, report);
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
  const kind = findKind(type);
  if (!kind) {
    const close = nearest(type, kindTypes());
    report(
      [...path, typeKey],
      `unknown expectation "${type}"`,
      close
        ? `did you mean "${close}"?`
        : `this version knows ${kindTypes().length} kinds: ${kindTypes().join(', ')}`,
    );
    return undefined;
  }
  const at = [...path, 'kwargs'];
  const kwargs = fillParameters(
    writtenKwargs,
    context.parameters,
    at,
    report,
    context.now,
  ) as typeof writtenKwargs;
  // Bounds that a missing parameter left open are no second mistake.
  const isFilled = sound;
  const bound = bindKwargs(kind, kwargs, at, report);
  if (bound && isFilled) {
    for (const issue of bound.check(context.capabilities)) {
      report([...at, issue.kwarg], issue.message, issue.suggestion);
    }
  }
  const rowCondition = readCondition(kind, kwargs, at, report);
  const resultFormat = readFormat(kwargs, at, report);
  if (!sound || !bound) return undefined;
  return {
    type,
    judgesTable: kind.judgesTable,
    bound,
    ...(rowCondition ? { rowCondition } : {}),
    ...(resultFormat ? { resultFormat } : {}),
    writtenKwargs,
    meta: withNotes(isRecord(item['meta']) ? item['meta'] : {}, item['notes']),
    severity,
  };
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

function bindKwargs(
  kind: ExpectationKind,
  kwargs: Record<string, unknown>,
  path: DocumentPath,
  report: Report,
): BoundExpectation | undefined {
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
  const bound = kind.bind(kwargs);
  const base = baseKwargs.safeParse(kwargs);
  const issues = [...(base.error?.issues ?? []), ...('issues' in bound ? bound.issues : [])];
  for (const issue of issues) {
    const name = String(issue.path[0]);
    // A parameter without a value has been reported already.
    if (name in kwargs && kwargs[name] === undefined) continue;
    if (name in kwargs) report([...path, ...(issue.path as DocumentPath)], says(issue));
    else report(path, `${kind.type} needs the kwarg "${name}"`);
  }
  return 'issues' in bound ? undefined : bound;
}

function readCondition(
  kind: ExpectationKind,
  kwargs: Record<string, unknown>,
  path: DocumentPath,
  report: Report,
): RowCondition | undefined {
  const written = kwargs['row_condition'];
  if (written === undefined || written === null) return undefined;
  const at = [...path, 'row_condition'];
  if (!kind.judgesTable) {
    report(at, `${kind.type} judges its own SQL, not rows of the table`, 'put the condition into the SQL');
    return undefined;
  }
  const parsed = parseRowCondition(written, kwargs['condition_parser']);
  if (!('reason' in parsed)) return parsed;
  report(at, parsed.reason, parsed.suggestion);
  return undefined;
}

function readFormat(
  kwargs: Record<string, unknown>,
  path: DocumentPath,
  report: Report,
): ResultFormatOption | undefined {
  const written = kwargs['result_format'];
  if (written === undefined || written === null) return undefined;
  const format = readResultFormat(written);
  if (!('reason' in format)) return format;
  report([...path, 'result_format'], format.reason);
  return undefined;
}

/** Zod's sentence in the words of suites. */
function says(issue: z.core.$ZodIssue): string {
  return issue.message.replace(/^Invalid input: /, '');
}
