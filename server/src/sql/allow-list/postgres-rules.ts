import { refuseFunction } from './function-allow-list.js';
import { refuseInformationView } from './information-schema.js';
import { postgresFunctions, postgresOperators } from './postgres-functions.js';
import { refuseKind } from './statement-kind.js';

export type PostgresNode = Readonly<Record<string, unknown>>;

/** Why this node may not stand in user SQL, beyond being a known one; its children are judged by themselves. */
export const postgresRules: Readonly<Record<string, (node: PostgresNode) => string | undefined>> = {
  FuncCall: (node) => refuseCall(texts(node.funcname)),
  RangeVar: (node) => refuseRelation(node.schemaname, node.relname),
  A_Expr: (node) => refuseOperator(texts(node.name)),
  SortBy: (node) => (node.useOp ? refuseOperator(texts(node.useOp)) : undefined),
  SubLink: (node) => (node.operName ? refuseOperator(texts(node.operName)) : undefined),
  SQLValueFunction: refuseValueFunction,
  RangeTableSample: (node) => refuseSamplingMethod(texts(node.method)),
  TypeName: (node) => refuseType(texts(node.names)),
  A_Indirection: refuseFieldOfExpression,
};

/** Nodes that are known and refused, in words; others get a general sentence. */
export function refuseNode(node: string): string {
  const statement = /^(.+)Stmt$/.exec(node)?.[1];
  if (statement) return refuseKind(statementWords[statement] ?? spaced(statement));
  return (
    known[node] ?? `the statement uses ${spaced(node)}, which is not on the allow-list of syntax for user SQL`
  );
}

export function refuseField(node: string, field: string): string {
  return (
    known[field] ??
    `the statement uses ${field} of ${spaced(node)}, which is not on the allow-list of syntax for user SQL`
  );
}

const known: Readonly<Record<string, string>> = {
  ParamRef: 'the statement has a bind parameter ($1); write its value into the text',
  lockingClause: 'the statement locks rows (FOR UPDATE or FOR SHARE); only one SELECT that reads is allowed',
  intoClause: 'the statement creates a table (SELECT INTO); only one SELECT that reads is allowed',
  XmlExpr: 'the statement uses XML functions, which are not on the allow-list of functions for user SQL',
  XmlSerialize: 'the statement uses XML functions, which are not on the allow-list of functions for user SQL',
  RangeTableFunc: 'function "xmltable" is not on the allow-list of functions for user SQL',
};

const statementWords: Readonly<Record<string, string>> = {
  CreateTableAs: 'CREATE TABLE AS',
  Create: 'CREATE TABLE',
  View: 'CREATE VIEW',
  Index: 'CREATE INDEX',
  VariableSet: 'SET',
  VariableShow: 'SHOW',
  Transaction: 'transaction command',
  Execute: 'EXECUTE',
  Return: 'RETURN',
};

function spaced(node: string): string {
  return node.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase();
}

function refuseCall(name: readonly string[]): string | undefined {
  const [schema, own] =
    name.length === 1 ? [undefined, name[0]!] : [name.slice(0, -1).join('.'), name.at(-1)!];
  if (schema !== undefined && schema !== 'pg_catalog') {
    return (
      `function "${name.join('.')}" belongs to schema "${schema}"; ` +
      'user SQL may call only the built-in functions of the allow-list'
    );
  }
  return refuseFunction(own, postgresFunctions);
}

function refuseRelation(schema: unknown, relation: unknown): string | undefined {
  const name = [schema, relation].filter((part) => typeof part === 'string').join('.');
  if (schema === 'information_schema') return refuseInformationView(String(relation), name);
  return startsWith(schema, 'pg_') || startsWith(relation, 'pg_')
    ? `"${name}" is a system relation; user SQL may read tables, views and information_schema`
    : undefined;
}

function startsWith(name: unknown, prefix: string): boolean {
  return typeof name === 'string' && name.startsWith(prefix);
}

function refuseOperator(name: readonly string[]): string | undefined {
  const own = name.at(-1)!;
  const isBuiltIn = name.length === 1 || (name.length === 2 && name[0] === 'pg_catalog');
  if (isBuiltIn && postgresOperators.has(own.replaceAll(' ', '_'))) return undefined;
  return `operator "${name.join('.')}" is not on the allow-list of operators for user SQL`;
}

function refuseValueFunction(node: PostgresNode): string | undefined {
  const name = String(node.op)
    .replace(/^SVFOP_/, '')
    .replace(/_N$/, '')
    .toLowerCase();
  return /^(current_|local)(date|time|timestamp)$/.test(name)
    ? undefined
    : `function "${name}" is not on the allow-list of functions for user SQL`;
}

function refuseSamplingMethod(name: readonly string[]): string | undefined {
  const method = name.join('.');
  return method === 'system' || method === 'bernoulli'
    ? undefined
    : `sampling method "${method}" is not on the allow-list; use bernoulli or system`;
}

/** `16384::regclass` gives names out of the catalog that refused relations hide. */
function refuseType(name: readonly string[]): string | undefined {
  const own = name.at(-1)!.replace(/^_/, '');
  return /^reg(class|collation|config|dictionary|namespace|oper|operator|proc|procedure|role|type)$/.test(own)
    ? `type "${own}" reads the system catalog; user SQL may not cast to it`
    : undefined;
}

/**
 * `(0.5::float8).pg_sleep` calls the function: Postgres reads a field that the value does not have as a call, and
 * which fields it has only the server knows.
 */
function refuseFieldOfExpression(node: PostgresNode): string | undefined {
  const field = texts(node.indirection).find((name) => name !== '');
  return field === undefined
    ? undefined
    : `"(…).${field}" may call a function of that name; select the column by its table, or write (…).* in a subquery`;
}

/** Parts of a name, from the parser's list of strings. */
export function texts(list: unknown): string[] {
  if (!Array.isArray(list)) return [''];
  return list.map((item: { String?: { sval?: string } }) => item.String?.sval ?? '');
}
