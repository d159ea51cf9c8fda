import { findCountProjection } from './counted-rows.js';
import { atCharacter } from './parse-position.js';
import type { PostgresReaches } from './postgres-reaches.js';
import type { PostgresNode } from './postgres-rules.js';
import { judgePostgresTree } from './postgres-tree.js';
import { refuseCount } from './statement-kind.js';
import { refused, type StatementInspection } from './statement-inspection.js';
import { refuseUnparsed } from './text-limits.js';

export interface PostgresInspection extends StatementInspection {
  /** Where nothing was refused: what the server's catalog must be asked about before the statement may run. */
  reaches?: PostgresReaches;
}

/** Judges user SQL by Postgres' own grammar; runs nothing and never throws for what the text says. */
export async function inspectPostgresStatement(sql: string): Promise<PostgresInspection> {
  const parsed = await parseStatements(sql);
  if (typeof parsed === 'string') return refused(parsed);
  const [statement, ...others] = parsed;
  if (!statement) return refused('the statement is empty; write one SELECT');
  if (others.length > 0) {
    const refusals = parsed.flatMap(([tag, node]) => judgePostgresTree(tag, node).refusals);
    return refused(refuseCount(parsed.length), ...refusals);
  }
  const { refusals, reaches } = judgePostgresTree(...statement);
  if (refusals.length > 0) return refused(...refusals);
  return { refusals: [], countedRows: await countedRows(sql, statement[1]), reaches };
}

type TaggedNode = [tag: string, node: PostgresNode];

/** The statements of the text, or why it was not parsed. */
async function parseStatements(sql: string): Promise<TaggedNode[] | string> {
  const unparsed = refuseUnparsed(sql);
  if (unparsed !== undefined) return unparsed;
  // Loaded where it is first needed: the grammar takes time that a check of a DuckDB file need not wait for.
  const { hasSqlDetails, parse } = await import('libpg-query');
  try {
    const { stmts = [] } = (await parse(sql)) as { stmts?: { stmt?: PostgresNode }[] };
    return stmts.flatMap(({ stmt = {} }) => Object.entries(stmt) as TaggedNode[]);
  } catch (error) {
    if (hasSqlDetails(error)) {
      const { message, cursorPosition = 0 } = error.sqlDetails ?? { message: error.message };
      return `the statement cannot be parsed: ${message}${atCharacter(sql, cursorPosition)}`;
    }
    return 'the statement cannot be parsed: it is too large or nested too deeply for the parser';
  }
}

const countFields = new Set(['targetList', 'fromClause', 'whereClause', 'withClause', 'limitOption', 'op']);
const callFields = new Set(['funcname', 'args', 'agg_star', 'funcformat', 'location']);

async function countedRows(sql: string, select: PostgresNode): Promise<string | null> {
  if (!onlyHas(select, countFields) || !select.fromClause || select.op !== 'SETOP_NONE') return null;
  const targets = select.targetList as { ResTarget?: { val?: { FuncCall?: PostgresNode } } }[];
  const call = targets.length === 1 ? targets[0]?.ResTarget?.val?.FuncCall : undefined;
  if (!call || !onlyHas(call, callFields) || !(call.agg_star === true || countsConstant(call))) return null;
  const projection = findCountProjection(sql);
  if (!projection) return null;
  // The text was changed by tokens; what it now means is asked of the parser again.
  const parsed = await parseStatements(projection.rows);
  if (typeof parsed === 'string') return null;
  const expected = { ...select, targetList: star };
  const isSame = parsed.length === 1 && meaning(parsed[0]![1]) === meaning(expected);
  return isSame ? projection.rows : null;
}

const star = [{ ResTarget: { val: { ColumnRef: { fields: [{ A_Star: {} }] } } } }];

/** `COUNT(1)` counts every row, `COUNT(NULL)` none. */
function countsConstant(call: PostgresNode): boolean {
  const args = call.args as { A_Const?: PostgresNode }[] | undefined;
  return args?.length === 1 && args[0]?.A_Const?.ival !== undefined;
}

function onlyHas(node: PostgresNode, fields: ReadonlySet<string>): boolean {
  return Object.keys(node).every((field) => fields.has(field));
}

/** The tree without the places in the text. */
function meaning(select: PostgresNode): string {
  return JSON.stringify(select, (key, value: unknown) =>
    /^(location|list_start|list_end|rexpr_list_start|rexpr_list_end|name_location)$/.test(key)
      ? undefined
      : value,
  );
}
