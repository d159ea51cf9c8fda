import { texts, type PostgresNode } from './postgres-rules.js';

/**
 * Names in a statement that the server may resolve to something user-defined; only its catalog knows. Without the
 * calls and operators that are written with pg_catalog before them.
 */
export interface PostgresReaches {
  functions: readonly string[];
  /** Last parts of `a.b`: where the table has no such column, Postgres calls the function with its row. */
  fields: readonly string[];
  operators: readonly string[];
  /** Types that are cast to or declared. */
  types: readonly string[];
  /** Relations read: what types their values have. */
  relations: readonly string[];
}

export class PostgresReachCollector {
  private readonly found = {
    functions: new Set<string>(),
    fields: new Set<string>(),
    operators: new Set<string>(),
    types: new Set<string>(),
    relations: new Set<string>(),
  };

  see(tag: string, node: PostgresNode): void {
    const { functions, fields, relations } = this.found;
    switch (tag) {
      case 'FuncCall':
        return addUnqualified(functions, texts(node.funcname));
      case 'RangeTableSample':
        return addUnqualified(functions, texts(node.method));
      case 'ColumnRef':
        return this.seeColumn(texts(node.fields), fields);
      case 'RangeVar':
        return void relations.add(String(node.relname));
      case 'TypeName':
        return this.seeType(texts(node.names).at(-1)!);
      default:
        return this.seeOperator(tag, node);
    }
  }

  /** The row of a function in FROM is a plain value: any function of one argument may take it. */
  seeCall(name: string): void {
    this.found.functions.add(name);
  }

  reaches(): PostgresReaches {
    const { functions, fields, operators, types, relations } = this.found;
    return {
      functions: [...functions],
      fields: [...fields],
      operators: [...operators],
      types: [...types],
      relations: [...relations],
    };
  }

  private seeColumn(name: readonly string[], fields: Set<string>): void {
    const field = name.at(-1);
    // `o.*` ends with no name; a column by itself is never a call.
    if (name.length > 1 && field) fields.add(field);
  }

  /** Casts to built-in types may be user-defined too. `_money` is the array of `money`. */
  private seeType(name: string): void {
    this.found.types.add(name).add(name.replace(/^_/, ''));
  }

  private seeOperator(tag: string, node: PostgresNode): void {
    const { operators } = this.found;
    const isImplicitEquality =
      (tag === 'SubLink' && node.subLinkType === 'ANY_SUBLINK') ||
      (tag === 'CaseExpr' && node.arg !== undefined) ||
      (tag === 'JoinExpr' && (node.isNatural === true || node.usingClause !== undefined));
    if (isImplicitEquality && node.operName === undefined) operators.add('=');
    const name = tag === 'A_Expr' ? node.name : tag === 'SortBy' ? node.useOp : node.operName;
    if (name === undefined) return;
    const parts = texts(name);
    if (/BETWEEN/.test(parts.at(-1)!)) for (const bound of ['<', '>', '<=', '>=']) operators.add(bound);
    else addUnqualified(operators, parts);
  }
}

function addUnqualified(set: Set<string>, name: readonly string[]): void {
  if (name.length === 1) set.add(name[0]!);
}
