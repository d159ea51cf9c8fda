import type { SqlDialect } from './sql-dialect.js';
import type { SqlFragment } from './sql-fragment.js';
import type { BoundValue, Statement, StatementOrigin } from './statement.js';

/** SQL with placeholders and its values: what is sent. */
export function render(
  fragment: SqlFragment,
  dialect: SqlDialect,
  origin: StatementOrigin = 'plan',
): Statement {
  const parameters: BoundValue[] = [];
  const bind = (value: BoundValue): string => {
    parameters.push(value);
    return dialect.placeholder(parameters.length);
  };
  const sql = write(fragment, dialect, {
    value: (value, type) => `CAST(${bind(value)} AS ${dialect.typeName(type)})`,
    list: (values, type) => dialect.listFromPlaceholder(bind(values), type),
  });
  return { sql, parameters, origin };
}

/** The same SQL with its values written out as literals: what people read, copy and run. */
export function renderForPeople(fragment: SqlFragment, dialect: SqlDialect): string {
  return write(fragment, dialect, {
    value: (value, type) =>
      value === null
        ? `CAST(NULL AS ${dialect.typeName(type)})`
        : type.kind === 'integer' || type.kind === 'decimal'
          ? value
          : type.kind === 'text'
            ? dialect.quoteText(value)
            : `CAST(${dialect.quoteText(value)} AS ${dialect.typeName(type)})`,
    list: (values, type) => dialect.listLiteral(values, type),
  });
}

interface ValueWriter {
  value(value: string | null, type: Extract<SqlFragment, { node: 'parameter' }>['type']): string;
  list(values: readonly (string | null)[], type: Extract<SqlFragment, { node: 'list' }>['type']): string;
}

function write(fragment: SqlFragment, dialect: SqlDialect, values: ValueWriter): string {
  switch (fragment.node) {
    case 'text':
      return fragment.text;
    case 'identifier':
      return fragment.parts.map((p) => dialect.quoteIdentifier(p)).join('.');
    case 'parameter':
      return values.value(fragment.value, fragment.type);
    case 'list':
      return values.list(fragment.values, fragment.type);
    case 'call': {
      const renderer: (...args: SqlFragment[]) => SqlFragment = dialect.calls[fragment.name];
      return write(renderer(...fragment.args), dialect, values);
    }
    case 'sequence':
      return fragment.fragments.map((f) => write(f, dialect, values)).join('');
  }
}
