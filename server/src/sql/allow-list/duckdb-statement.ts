import { findCountProjection } from './counted-rows.js';
import { refuseDuckDbTree, type DuckDbNode } from './duckdb-tree.js';
import { atCharacter } from './parse-position.js';
import { leadingKeywords, refuseCount, refuseKind } from './statement-kind.js';
import { refused, type StatementInspection } from './statement-inspection.js';
import { refuseUnparsed } from './text-limits.js';

/**
 * Judges user SQL by DuckDB's own grammar; runs nothing and never throws for what the text says.
 * `serialized` is the parsed JSON that `json_serialize_sql(text)` returned for exactly this text.
 */
export function inspectDuckDbStatement(serialized: unknown, sql: string): StatementInspection {
  const unparsed = refuseUnparsed(sql);
  if (unparsed !== undefined) return refused(unparsed);
  const answer = (serialized ?? {}) as DuckDbNode;
  if (answer.error !== false) return refused(...refuseAnswer(answer, sql));
  const statements = answer.statements as readonly DuckDbNode[];
  const [statement, ...others] = statements;
  if (!statement) return refused('the statement is empty; write one SELECT');
  const refusals = refuseDuckDbTree(statements);
  if (others.length > 0) return refused(refuseCount(statements.length), ...refusals);
  if (refusals.length > 0) return refused(...refusals);
  return { refusals: [], countedRows: countedRows(sql, statement.node as DuckDbNode) };
}

/** DuckDB serializes nothing but SELECT; for the rest the words of the text say what it is. */
function refuseAnswer(answer: DuckDbNode, sql: string): string[] {
  if (answer.error_type === 'not implemented') {
    const keywords = leadingKeywords(sql);
    const others = keywords.filter((k) => !['SELECT', 'WITH', 'FROM', 'VALUES', 'TABLE'].includes(k));
    const kinds = others.map((keyword) => refuseKind(keyword));
    if (keywords.length > 1) return [refuseCount(keywords.length), ...kinds];
    return kinds.length > 0 ? kinds : ['the statement is not a SELECT; only one SELECT is allowed'];
  }
  const offset = Number(answer.position);
  const place = answer.position !== undefined && Number.isInteger(offset) ? atCharacter(sql, offset) : '';
  const message = typeof answer.error_message === 'string' ? answer.error_message : 'no reason given';
  return [`the statement cannot be parsed: ${message}${place}`];
}

/** Fields of a SELECT that must be empty for its count to be a count of the rows of FROM and WHERE. */
const emptyFields = ['modifiers', 'group_expressions', 'group_sets', 'having', 'sample', 'qualify'];

function countedRows(sql: string, select: DuckDbNode): string | null {
  if (select.type !== 'SELECT_NODE' || select.aggregate_handling !== 'STANDARD_HANDLING') return null;
  if (!emptyFields.every((field) => isEmpty(select[field]))) return null;
  const [call, ...others] = select.select_list as readonly DuckDbNode[];
  if (!call || others.length > 0 || !countsRows(call)) return null;
  if ((select.from_table as DuckDbNode).type === 'EMPTY') return null;
  const projection = findCountProjection(sql);
  if (!projection) return null;
  // The tokens and the parser must mean the same call.
  const countAtByte = Buffer.byteLength(sql.slice(0, projection.countAt));
  return call.query_location === countAtByte ? projection.rows : null;
}

function countsRows(call: DuckDbNode): boolean {
  if (call.class !== 'FUNCTION' || call.filter !== null || call.distinct === true) return false;
  if (!isEmpty((call.order_bys as DuckDbNode | null)?.orders)) return false;
  if (call.function_name === 'count_star') return true;
  const [argument, ...others] = call.children as readonly DuckDbNode[];
  const value = argument?.value as DuckDbNode | undefined;
  return (
    call.function_name === 'count' &&
    others.length === 0 &&
    argument?.class === 'CONSTANT' &&
    value?.is_null === false
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
