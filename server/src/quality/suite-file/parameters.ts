import { nearest } from '../../platform/text/index.js';
import { evaluateParameter, isExpression } from './parameter-expression.js';
import { readJson } from './json-document.js';
import type { DocumentPath, Report } from './source-document.js';

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Replaces `{"$PARAMETER": "name"}` anywhere in the value, computes those that are expressions, and reports
 * those that nobody gave.
 */
export function fillParameters(
  value: unknown,
  parameters: Parameters,
  path: DocumentPath,
  report: Report,
  now: Date,
): unknown {
  if (Array.isArray(value)) {
    return value.map((item, i) => fillParameters(item, parameters, [...path, i], report, now));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const name = (value as Record<string, unknown>)['$PARAMETER'];
  if (typeof name === 'string') {
    if (Object.hasOwn(parameters, name)) return parameters[name];
    // 0.18 carries the value that it last had beside the name.
    const carried = `$PARAMETER.${name}`;
    if (Object.hasOwn(value, carried)) return (value as Record<string, unknown>)[carried];
    if (isExpression(name)) {
      const evaluated = evaluateParameter(name, parameters, now);
      if ('value' in evaluated) return evaluated.value;
      report(path, `the parameter ${JSON.stringify(name)} cannot be computed: ${evaluated.reason}`);
      return undefined;
    }
    const close = nearest(name, Object.keys(parameters));
    report(
      path,
      `parameter "${name}" has no value`,
      close ? `did you mean "${close}"?` : `give it with --parameter ${name}=VALUE`,
    );
    return undefined;
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, fillParameters(item, parameters, [...path, key], report, now)]),
  );
}

/** A value given outside of a file: JSON where it is JSON, with every digit of a number kept, text otherwise. */
export function readParameterValue(text: string): unknown {
  const read = readJson(text);
  return 'document' in read ? read.document.value : text;
}
