import { InputInvalid, type Issue } from '../../platform/errors/index.js';
import { nearest } from '../../platform/text/index.js';
import type { QueryOptions, TableDescription, TableName, WarehouseAdapter } from '../../warehouse/index.js';
import { refusalsOfSqlCondition } from '../conditions/condition-sql.js';
import { parseRowCondition } from '../conditions/parse-row-condition.js';
import type { SuitePlan } from '../plan/plan.js';
import { planSuite } from '../plan/plan-suite.js';
import type { Suite } from '../suite.js';

export interface PrepareSuiteOptions extends QueryOptions {
  /** Wins over the suite's own table. */
  table?: TableName;
  /** A further SQL condition on every row that is judged. */
  where?: string;
  /** Columns that name a row; default the suite's key, else the table's primary key. */
  indexColumns?: readonly string[];
}

/** A suite against a table: what will be sent, before it is. @throws InputInvalid | WarehouseError */
export async function prepareSuite(
  suite: Suite,
  adapter: WarehouseAdapter,
  options: PrepareSuiteOptions,
): Promise<SuitePlan> {
  await adapter.ping(options);
  const name = options.table ?? suite.table;
  const table = name ? await adapter.describeTable(name, options) : undefined;
  if (table) await refuseBadInput(suite, table, adapter, options);
  return planSuite(suite, {
    dialect: adapter.dialect,
    capabilities: adapter.capabilities,
    table: table ?? { missing: await whyNoTable(name, adapter, options) },
    ...(options.where === undefined ? {} : { where: options.where }),
  });
}

async function whyNoTable(
  name: TableName | undefined,
  adapter: WarehouseAdapter,
  options: QueryOptions,
): Promise<string> {
  if (!name) return 'the suite names no table: give --table, or meta.table in the suite';
  // Compared by as many of the last parts as were given.
  const bySuffix = new Map(
    (await adapter.listTables(options)).map((t) => [t.slice(-name.length).join('.'), t.join('.')]),
  );
  const suffix = nearest(name.join('.'), bySuffix.keys());
  const close = suffix === undefined ? undefined : bySuffix.get(suffix);
  const hint = close ? `; there is "${close}"` : '';
  return `table "${name.join('.')}" is not in the warehouse${hint}`;
}

/** Conditions in the author's own SQL are read by the engine's grammar, so they are checked here, not in the file. */
async function refuseBadInput(
  suite: Suite,
  table: TableDescription,
  adapter: WarehouseAdapter,
  options: PrepareSuiteOptions,
): Promise<void> {
  const issues: Issue[] = [];
  const check = async (text: string, at: Omit<Issue, 'message'>): Promise<void> => {
    for (const refusal of await refusalsOfSqlCondition(text, table, adapter)) {
      issues.push({ ...at, message: `the condition ${JSON.stringify(text)} cannot be used: ${refusal}` });
    }
  };
  if (options.where !== undefined) await check(options.where, { path: '--where' });
  for (const [i, { kwargs, line }] of suite.expectations.entries()) {
    if (typeof kwargs['row_condition'] !== 'string') continue;
    const parsed = parseRowCondition(kwargs['row_condition'], kwargs['condition_parser']);
    if ('reason' in parsed || parsed.kind !== 'sql') continue;
    await check(parsed.text, {
      path: `expectations[${i}].kwargs.row_condition`,
      ...(line === undefined ? {} : { line }),
    });
  }
  const names = table.columns.map((c) => c.name);
  for (const column of options.indexColumns ?? []) {
    if (names.includes(column)) continue;
    const close = nearest(column, names);
    issues.push({
      path: '--unexpected-index-columns',
      message: `column "${column}" is not in ${table.name.join('.')}`,
      ...(close ? { suggestion: `did you mean "${close}"?` } : {}),
    });
  }
  if (issues.length > 0) throw new InputInvalid(suite.name, issues);
}
