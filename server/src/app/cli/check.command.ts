import { readFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { InputInvalid } from '../../platform/errors/index.js';
import { oneLine } from '../../platform/text/index.js';
import {
  explainPlan,
  parseTableName,
  prepareSuite,
  readableExplanation,
  readableRun,
  readParameterValue,
  readSuite,
  resultFormats,
  runSuite,
  validationResult,
  type ResultFormat,
} from '../../quality/index.js';
import { openWarehouse, type TableName } from '../../warehouse/index.js';
import { BadArguments } from './console-output.js';
import { exitCode, exitCodeOf } from './exit-code.js';
import type { CommandContext } from './command-context.js';
import { ProgressBar } from './progress-bar.js';

interface CheckOptions {
  warehouse: string;
  table?: string;
  resultFormat?: ResultFormat;
  unexpectedIndexColumns?: string;
  where?: string;
  parameter: Record<string, unknown>;
  timeout?: number;
  timeZone?: string;
  explain?: true;
  json?: true;
}

export function addCheckCommand(program: Command, context: CommandContext): void {
  program
    .command('check')
    .description('judge a table by an expectation suite in a file')
    .argument('<suite-file>', 'JSON or YAML; Great Expectations suites of 0.18 and 1.x as they are')
    .requiredOption('--warehouse <url>', 'duckdb:PATH[?attach=NAME=PATH], postgres://user@host/db')
    .option('--table <name>', 'table to judge; default: the one that the suite names')
    .addOption(new Option('--result-format <level>', 'how much a result tells').choices([...resultFormats]))
    .option('--unexpected-index-columns <a,b>', 'columns that name a row')
    .option('--where <sql>', 'judge only rows for which this condition holds')
    .option('--parameter <name=value>', 'value for {"$PARAMETER": "name"}; repeatable', parameter, {})
    .option('--timeout <seconds>', 'for the whole run', seconds)
    .option('--time-zone <zone>', 'zone of the warehouse session (default: UTC)')
    .option('--explain', 'print the plan and its SQL, run nothing')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: CheckOptions) => {
      context.exit(await check(file, options, context));
    });
}

async function check(
  file: string,
  options: CheckOptions,
  { output, signal }: CommandContext,
): Promise<number> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputInvalid(file, [{ path: '', message: `the suite file cannot be read: ${error.message}` }]);
  });
  const adapter = await openWarehouse(options.warehouse, {
    password: process.env['ASSAY_WAREHOUSE_PASSWORD'],
    timeZone: options.timeZone,
  });
  try {
    const suite = readSuite(text, {
      fileName: file,
      parameters: options.parameter,
      capabilities: adapter.capabilities,
    });
    const run = {
      ...(options.table === undefined ? {} : { table: tableName(options.table) }),
      ...(options.where === undefined ? {} : { where: options.where }),
      ...(options.resultFormat ? { resultFormat: options.resultFormat } : {}),
      ...(options.unexpectedIndexColumns === undefined
        ? {}
        : { indexColumns: options.unexpectedIndexColumns.split(',').map((c) => c.trim()) }),
      ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout * 1000 }),
      signal,
    };
    if (options.explain) {
      const explanation = explainPlan(suite, await prepareSuite(suite, adapter, run), adapter);
      output.result(options.json ? JSON.stringify(explanation, null, 2) : readableExplanation(explanation));
      return exitCode.holds;
    }
    const bar = new ProgressBar(oneLine(suite.name, 40), output);
    const finished = await runSuite(suite, adapter, {
      ...run,
      onProgress: (done, total) => bar.show(done, total),
    }).finally(() => bar.clear());
    output.result(
      options.json
        ? JSON.stringify(validationResult(finished), null, 2)
        : readableRun(finished, output.paint),
    );
    return exitCodeOf(finished.outcome);
  } finally {
    await adapter.close();
  }
}

function tableName(text: string): TableName {
  const name = parseTableName(text);
  if (!name)
    throw new BadArguments(`--table ${JSON.stringify(text)} is no table name; write catalog.schema.table`);
  return name;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new BadArguments(`--timeout ${JSON.stringify(text)} is no number of seconds`);
  return value;
}

/** A JSON value (number, list, true) where it is one, text otherwise. */
function parameter(text: string, earlier: Record<string, unknown>): Record<string, unknown> {
  const at = text.indexOf('=');
  if (at < 1) throw new BadArguments(`--parameter ${JSON.stringify(text)} is not name=value`);
  return { ...earlier, [text.slice(0, at)]: readParameterValue(text.slice(at + 1)) };
}
