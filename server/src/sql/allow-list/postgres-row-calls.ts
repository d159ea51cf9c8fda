import { texts, type PostgresNode } from './postgres-rules.js';

/** What set-returning functions name their columns where the statement does not. */
const namedByFunction = ['key', 'value', 'ordinality', 'lexeme', 'positions', 'weights'];

/**
 * Finds `s.pg_sleep FROM unnest(…) AS s`: the row of a function in FROM is a plain value, and a column that it does
 * not have is read as a call with that value. Rows of tables and subqueries are no arguments that a built-in function
 * takes. Scopes are not told apart: a name must be a column wherever the alias stands.
 */
export class PostgresRowCalls {
  /** By alias: the columns that each function of that alias is known to have. */
  private readonly columns = new Map<string, Set<string>[]>();
  private readonly references: [qualifier: string, name: string][] = [];
  private hasUnnamed = false;

  see(tag: string, node: PostgresNode): void {
    if (tag === 'RangeFunction') this.seeFunction(node);
    if (tag === 'ColumnRef') {
      const [name, qualifier] = texts(node.fields).reverse();
      if (name && qualifier) this.references.push([qualifier, name]);
    }
  }

  refusals(): string[] {
    const calls = this.references
      .filter(([qualifier, name]) => this.columns.get(qualifier)?.some((columns) => !columns.has(name)))
      .map(
        ([qualifier, name]) =>
          `"${qualifier}.${name}" may call a function of that name; ` +
          `name the columns of the function in FROM: ${qualifier} (${name})`,
      );
    return this.hasUnnamed ? [...calls, 'an expression in FROM needs an alias: AS x'] : calls;
  }

  /** Columns that only some functions name so; of others they would be calls. */
  possibleCalls(): string[] {
    return this.references
      .filter(([qualifier, name]) => this.columns.has(qualifier) && namedByFunction.includes(name))
      .map(([, name]) => name);
  }

  private seeFunction(node: PostgresNode): void {
    const alias = node.alias as PostgresNode | undefined;
    const listed = [...texts(alias?.colnames ?? []), ...definedColumns(node.coldeflist)];
    const name = alias === undefined ? functionNames(node.functions)[0] : String(alias.aliasname);
    if (!name) {
      // `FROM CAST(… AS float8)` is named after the type, others after other things.
      this.hasUnnamed = true;
      return;
    }
    const columns = new Set([...namedByFunction, ...(listed.length > 0 ? listed : [name])]);
    this.columns.set(name, [...(this.columns.get(name) ?? []), columns]);
  }
}

/** Own names of the calls in FROM; empty for an expression that is none. */
function functionNames(functions: unknown): string[] {
  const items = functions as { List?: { items?: { FuncCall?: PostgresNode }[] } }[];
  return items.map((item) => texts(item.List?.items?.[0]?.FuncCall?.funcname).at(-1) ?? '');
}

function definedColumns(definitions: unknown): string[] {
  return ((definitions ?? []) as { ColumnDef?: { colname?: string } }[]).map(
    (d) => d.ColumnDef?.colname ?? '',
  );
}
