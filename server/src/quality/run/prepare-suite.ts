import { InputInvalid, type Issue } from '../../platform/errors/index.js';
import { nearest } from '../../platform/text/index.js';
import type { QueryOptions, TableDescription, TableName, WarehouseAdapter } from '../../warehouse/index.js';
import { refusalsOfSqlCondition } from '../conditions/condition-sql.js';
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
    refusals: await refusedSql(suite, adapter, options),
  });
}

/** What is read by the engine's grammar or held against its columns is checked here, not in the file. */
async function refuseBadInput(
  suite: Suite,
  table: TableDescription,
  adapter: WarehouseAdapter,
  options: PrepareSuiteOptions,
): Promise<void> {
  const issues: Issue[] = [];
  const checkCondition = async (text: string, at: Omit<Issue, 'message'>): Promise<void> => {
    for (const refusal of await refusalsOfSqlCondition(text, table, adapter, options)) {
      issues.push({ ...at, message: `the condition ${JSON.stringify(text)} cannot be used: ${refusal}` });
    }
  };
  const names = table.columns.map((c) => c.name);
  const checkColumns = (columns: readonly string[], at: Omit<Issue, 'message'>): void => {
    for (const column of columns.filter((c) => !names.includes(c))) {
      const close = nearest(column, names);
      const suggestion = close ? { suggestion: `did you mean "${close}"?` } : {};
      issues.push({ ...at, message: `column "${column}" is not in ${table.name.join('.')}`, ...suggestion });
    }
  };

  if (options.where !== undefined) await checkCondition(options.where, { path: '--where' });
  checkColumns(options.indexColumns ?? [], { path: '--unexpected-index-columns' });
  checkColumns(suite.key, { path: 'key' });
  for (const [i, { rowCondition, resultFormat, line }] of suite.expectations.entries()) {
    const path = `expectations[${i}].kwargs`;
    if (rowCondition?.kind === 'sql') {
      await checkCondition(rowCondition.text, { path: `${path}.row_condition`, line });
    }
    checkColumns(resultFormat?.indexColumns ?? [], { path: `${path}.result_format`, line });
  }
  if (issues.length > 0) throw new InputInvalid(suite.name, issues);
}

/** The author's own statements that the allow-list refuses, with its reasons. */
async function refusedSql(
  suite: Suite,
  adapter: WarehouseAdapter,
  options: QueryOptions,
): Promise<Map<string, string>> {
  const texts = new Set(suite.expectations.flatMap(({ bound }) => bound.userSql()));
  const refused = new Map<string, string>();
  await Promise.all(
    [...texts].map(async (text) => {
      const { refusals } = await adapter.inspect(text, options);
      if (refusals.length > 0) refused.set(text, `this SQL may not run: ${refusals.join('; ')}`);
    }),
  );
  return refused;
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
  const some = [...bySuffix.values()].slice(0, 5).join(', ');
  const hint = close ? `there is "${close}"` : `there ${some ? `are ${some}` : 'are no tables'}`;
  return `table "${name.join('.')}" is not in the warehouse; ${hint}`;
}
