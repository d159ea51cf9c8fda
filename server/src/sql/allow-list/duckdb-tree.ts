import { duckdbFunctions, duckdbOperators, duckdbTableFunctions } from './duckdb-functions.js';
import { refuseDuckDbRelation } from './duckdb-relations.js';
import { duckdbExpressions, duckdbNodes, duckdbTypeInfo } from './duckdb-syntax.js';
import { refuseFunction } from './function-allow-list.js';

export type DuckDbNode = Readonly<Record<string, unknown>>;

/** Every reason to refuse the tree below a node. Walks with a stack of its own: depth costs no JavaScript frames. */
export function refuseDuckDbTree(root: unknown): string[] {
  const refusals = new Set<string>();
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) pending.push(item);
    } else if (typeof value === 'object' && value !== null) {
      const node = value as DuckDbNode;
      const refusal = refuseDuckDbNode(node);
      if (refusal !== undefined) refusals.add(refusal);
      // A constant holds nothing but its value, whose fields may have any name.
      if (node.class !== 'CONSTANT') pending.push(...childrenOf(node));
    }
  }
  return [...refusals];
}

function childrenOf(node: DuckDbNode): unknown[] {
  if (node.type !== 'TABLE_FUNCTION') return Object.values(node);
  // Its call was judged as what stands in FROM; the arguments are ordinary expressions.
  const { function: call, ...rest } = node;
  return [...Object.values(rest), ...Object.values((call ?? {}) as DuckDbNode)];
}

function refuseDuckDbNode(node: DuckDbNode): string | undefined {
  if (node.class !== undefined) return refuseExpression(node);
  if (typeof node.type !== 'string') {
    // Nothing that calls or reads is written without a class or a type; were it ever, we would not know it.
    return 'function_name' in node || 'table_name' in node ? refuseUnknown('an unknown node') : undefined;
  }
  if (node.type === 'TABLE_FUNCTION') return refuseTableFunction(node.function as DuckDbNode | undefined);
  if (node.type === 'BASE_TABLE') {
    return refuseDuckDbRelation(namesOf(node.catalog_name, node.schema_name, node.table_name));
  }
  if (node.type === 'SHOW_REF') {
    return 'the statement is a DESCRIBE, SHOW or SUMMARIZE; only one SELECT is allowed';
  }
  if (duckdbNodes.has(node.type) || duckdbTypeInfo.test(node.type)) return undefined;
  return refuseUnknown(node.type);
}

function refuseExpression(node: DuckDbNode): string | undefined {
  const kind = String(node.class);
  if (kind === 'PARAMETER') {
    return 'the statement has a bind parameter (?, $1 or $name); write its value into the text';
  }
  if (!duckdbExpressions.has(kind)) return refuseUnknown(kind);
  if ('function_name' in node) return refuseCall(node);
  return undefined;
}

function refuseCall(node: DuckDbNode): string | undefined {
  const name = String(node.function_name).toLowerCase();
  if (node.is_operator === true && duckdbOperators.has(name)) return undefined;
  const parts = namesOf(node.catalog, node.schema, name);
  const qualifier = parts.slice(0, -1).join('.').toLowerCase();
  if (!['', 'main', 'pg_catalog', 'system.main', 'system.pg_catalog'].includes(qualifier)) {
    return (
      `function "${parts.join('.')}" belongs to schema "${qualifier}"; user SQL may call only the built-in functions ` +
      'of the allow-list (a column goes between the parentheses: lower(name))'
    );
  }
  // Operators are also written as calls of their names, by the parser and by people: "||"(a, b).
  return duckdbOperators.has(name) ? undefined : refuseFunction(name, duckdbFunctions);
}

function refuseTableFunction(call: DuckDbNode | undefined): string | undefined {
  const parts = namesOf(call?.catalog, call?.schema, call?.function_name);
  const qualifier = parts.slice(0, -1).join('.');
  if (call?.class === 'FUNCTION' && (qualifier === '' || qualifier === 'main')) {
    return refuseFunction(parts.at(-1)!.toLowerCase(), duckdbTableFunctions);
  }
  return `table function "${parts.join('.')}" is not on the allow-list of functions for user SQL`;
}

function refuseUnknown(what: string): string {
  return `the statement uses ${what}, which is not on the allow-list of syntax for user SQL`;
}

/** The parts that are there, outermost first. */
function namesOf(...parts: readonly unknown[]): string[] {
  return parts.filter((part): part is string => typeof part === 'string' && part !== '');
}
