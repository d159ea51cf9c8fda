import { oneLine, printable } from '../../platform/text/index.js';
import { peopleSql } from '../plan/people-sql.js';
import type { SuitePlan } from '../plan/plan.js';
import type { Suite } from '../suite.js';
import type { WarehouseAdapter } from '../../warehouse/index.js';

/** What a suite would send, without sending it. */
export interface Explanation {
  suite_name: string;
  table: string | null;
  engine: string;
  /** Statements that read table data as long as everything passes; failing rows cost one more each. */
  data_queries: number;
  statements: { sql: string; expectations: string[] }[];
  /** Expectations that cannot be measured, with the reason. */
  errored: { expectation: string; message: string }[];
}

export function explainPlan(suite: Suite, plan: SuitePlan, adapter: WarehouseAdapter): Explanation {
  const label = (index: number): string => `expectations[${index}] ${suite.expectations[index]?.type}`;
  const keysOf = (statement: SuitePlan['statements'][number]): readonly string[] =>
    statement.kind === 'user-sql' ? [statement.key] : statement.columns.map((c) => c.key);
  return {
    suite_name: suite.name,
    table: plan.table?.name.join('.') ?? null,
    engine: adapter.engine,
    data_queries: plan.statements.length,
    statements: plan.statements.map((statement) => {
      const keys = new Set(keysOf(statement));
      return {
        sql: peopleSql(statement, plan, adapter.dialect),
        expectations: plan.expectations
          .filter((e) => !e.error && Object.values(e.metrics).some((m) => keys.has(m.key)))
          .map((e) => label(e.index)),
      };
    }),
    errored: plan.expectations.flatMap((e) =>
      e.error ? [{ expectation: label(e.index), message: e.error.message }] : [],
    ),
  };
}

/** Of a name or message. */
const longest = 300;

export function readableExplanation(explanation: Explanation): string {
  const lines = [
    `Suite: ${oneLine(explanation.suite_name, longest)}`,
    `Plan: ${explanation.data_queries} data queries on ${explanation.engine}; nothing was run`,
  ];
  explanation.statements.forEach(({ sql, expectations }, i) => {
    lines.push('', `-- ${i + 1}: ${expectations.join(', ')}`, `${sql};`);
  });
  for (const { expectation, message } of explanation.errored) {
    lines.push('', `[ERROR] ${expectation}: ${oneLine(message, longest)}`);
  }
  return printable(lines.join('\n'));
}
