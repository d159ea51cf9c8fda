import { PostgresReachCollector, type PostgresReaches } from './postgres-reaches.js';
import { PostgresRowCalls } from './postgres-row-calls.js';
import { postgresRules, refuseField, refuseNode, type PostgresNode } from './postgres-rules.js';
import { postgresSyntax } from './postgres-syntax.js';

interface Visit {
  tag: string;
  node: PostgresNode;
}

export interface PostgresTreeJudgement {
  /** Every reason to refuse the tree. */
  refusals: readonly string[];
  reaches: PostgresReaches;
}

/** Judges the tree below a node. Walks with a stack of its own: depth costs no JavaScript frames. */
export function judgePostgresTree(tag: string, node: PostgresNode): PostgresTreeJudgement {
  const refusals = new Set<string>();
  const rowCalls = new PostgresRowCalls();
  const reached = new PostgresReachCollector();
  const pending: Visit[] = [{ tag, node }];
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    const fields = postgresSyntax.get(visit.tag);
    if (!fields) {
      refusals.add(refuseNode(visit.tag));
      continue;
    }
    const refusal = postgresRules[visit.tag]?.(visit.node);
    if (refusal !== undefined) refusals.add(refusal);
    rowCalls.see(visit.tag, visit.node);
    reached.see(visit.tag, visit.node);
    // A constant holds nothing but its value.
    if (visit.tag === 'A_Const') continue;
    for (const [field, value] of Object.entries(visit.node)) {
      const child = fields.get(field);
      if (child === undefined) refusals.add(refuseField(visit.tag, field));
      else if (child !== null) pending.push({ tag: child, node: value as PostgresNode });
      else pending.push(...wrapped(value));
    }
  }
  for (const name of rowCalls.possibleCalls()) reached.seeCall(name);
  return { refusals: [...refusals, ...rowCalls.refusals()], reaches: reached.reaches() };
}

/** The nodes in a field: none in a scalar, one in `{ Node: … }`, many in a list of these. */
function wrapped(value: unknown): Visit[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => wrapped(item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([tag, node]) => ({ tag, node: node as PostgresNode }));
}
