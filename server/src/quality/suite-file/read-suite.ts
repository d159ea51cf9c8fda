import { InputInvalid, type Issue } from '../../platform/errors/index.js';
import { isRecord } from '../../platform/text/index.js';
import type { TableName, WarehouseCapabilities } from '../../warehouse/index.js';
import type { Expectation, Suite } from '../suite.js';
import type { Parameters } from './parameters.js';
import { readExpectation } from './read-expectation.js';
import { reportMisspelledKeys } from './misspelled-keys.js';
import { readDocument } from './read-document.js';
import { pathText, type Report } from './source-document.js';
import { parseTableName } from './table-name.js';

export interface ReadSuiteOptions {
  /** Decides JSON or YAML and names the file in messages. */
  fileName: string;
  /** Values for `$PARAMETER`; they win over the suite's own defaults. */
  parameters?: Parameters;
  /** What the engine can do: a regex that it cannot express is an issue of the file. */
  capabilities: WarehouseCapabilities;
  /** The clock of `now()` in parameters; default the real one. */
  now?: Date;
}

const topLevelKeys = [
  'name',
  'suite_name',
  'expectation_suite_name',
  'expectations',
  'meta',
  'notes',
  'table',
  'key',
  'id',
  'ge_cloud_id',
  'data_asset_type',
  'description',
  'suite_parameters',
  'evaluation_parameters',
];

/**
 * Reads a suite of Great Expectations 0.18 or 1.x, or ours, from JSON or YAML.
 * @throws InputInvalid with every issue of the file, each with path and line
 */
export function readSuite(text: string, options: ReadSuiteOptions): Suite {
  const read = readDocument(text, options.fileName);
  if ('issues' in read) throw new InputInvalid(options.fileName, read.issues);
  const { document } = read;
  const issues: Issue[] = [];
  const report: Report = (path, message, suggestion) =>
    issues.push({
      path: pathText(path),
      line: document.lineOf(path),
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
    });

  const top = document.value;
  if (!isRecord(top)) {
    report([], 'a suite is an object with a name and a list "expectations"');
    throw new InputInvalid(options.fileName, issues);
  }
  reportMisspelledKeys(top, topLevelKeys, [], report);
  const meta = isRecord(top['meta']) ? top['meta'] : {};
  const name = readName(top, report);
  const table = readTable(top, meta, report);
  const parameters = {
    ...(isRecord(top['evaluation_parameters']) ? top['evaluation_parameters'] : {}),
    ...(isRecord(top['suite_parameters']) ? top['suite_parameters'] : {}),
    ...options.parameters,
  };

  const expectations: Expectation[] = [];
  const written = top['expectations'];
  if (!Array.isArray(written)) {
    report(['expectations'], 'a suite needs a list "expectations"');
  } else {
    written.forEach((item: unknown, i) => {
      const expectation = readExpectation(item, ['expectations', i], {
        parameters,
        capabilities: options.capabilities,
        now: options.now ?? new Date(),
        report,
      });
      if (expectation) expectations.push({ ...expectation, line: document.lineOf(['expectations', i]) });
    });
  }
  if (issues.length > 0) {
    throw new InputInvalid(
      options.fileName,
      issues.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    );
  }
  return { name, ...(table ? { table } : {}), key: readKey(top, meta), meta, expectations };
}

function readName(top: Record<string, unknown>, report: Report): string {
  for (const key of ['name', 'suite_name', 'expectation_suite_name']) {
    const name = top[key];
    if (typeof name === 'string' && name !== '') return name;
    if (name !== undefined) report([key], 'the name of a suite is a text');
  }
  report([], 'the suite has no name', 'add "name"');
  return '';
}

function readTable(
  top: Record<string, unknown>,
  meta: Record<string, unknown>,
  report: Report,
): TableName | undefined {
  const [path, table] =
    top['table'] !== undefined ? [['table'], top['table']] : [['meta', 'table'], meta['table']];
  if (table === undefined) return undefined;
  const parsed = typeof table === 'string' ? parseTableName(table) : undefined;
  if (!parsed) report(path, `${JSON.stringify(table)} is no table name`, 'write catalog.schema.table');
  return parsed;
}

function readKey(top: Record<string, unknown>, meta: Record<string, unknown>): readonly string[] {
  const key = top['key'] ?? meta['key'];
  const columns = Array.isArray(key) ? key : key === undefined ? [] : [key];
  return columns.filter((c): c is string => typeof c === 'string');
}
