/** The types a bound value is cast to; each dialect spells them. */
export type ParameterType =
  | {
      kind:
        | 'text'
        | 'integer'
        | 'real'
        | 'double'
        | 'boolean'
        | 'date'
        | 'timestamp'
        | 'timestamptz'
        | 'time'
        | 'uuid';
    }
  | { kind: 'decimal'; precision: number; scale: number };

/** What engines spell differently; a dialect has one renderer for each. */
export interface DialectCalls {
  /** Rows for which the condition is true, counted: one aggregate column. */
  countIf: [condition: SqlFragment];
  /** Whether the text contains a match; the pattern is already in the engine's own regex language. */
  regexMatches: [text: SqlFragment, pattern: SqlFragment];
  /** Membership in a bound list; false or NULL as `IN` gives it. */
  inList: [value: SqlFragment, list: SqlFragment];
  /** Text of any value, as the engine writes it. */
  asText: [value: SqlFragment];
}
export type DialectCall = keyof DialectCalls;

/** A piece of SQL in which text, identifiers and values are kept apart until a dialect renders it. */
export type SqlFragment =
  | { readonly node: 'text'; readonly text: string }
  | { readonly node: 'identifier'; readonly parts: readonly string[] }
  | { readonly node: 'parameter'; readonly value: string | null; readonly type: ParameterType }
  | {
      readonly node: 'list';
      readonly values: readonly (string | null)[];
      readonly type: ParameterType;
    }
  | { readonly node: 'call'; readonly name: DialectCall; readonly args: readonly SqlFragment[] }
  | { readonly node: 'sequence'; readonly fragments: readonly SqlFragment[] };

/**
 * The only way to write SQL text: literals of the template are ours, everything interpolated must already be a
 * fragment. A string in `${}` does not compile, so identifiers and values cannot slip in.
 */
export function sql(texts: TemplateStringsArray, ...fragments: SqlFragment[]): SqlFragment {
  const out: SqlFragment[] = [];
  texts.forEach((text, i) => {
    if (text) out.push({ node: 'text', text });
    const fragment = fragments[i];
    if (fragment) out.push(fragment);
  });
  return { node: 'sequence', fragments: out };
}

/** A quoted, possibly qualified name; the parts come from the catalog or the user's file. */
export function identifier(...parts: readonly string[]): SqlFragment {
  return { node: 'identifier', parts };
}

export function parameter(value: string | null, type: ParameterType): SqlFragment {
  return { node: 'parameter', value, type };
}

/** One bound array of values of one type, however long. */
export function list(values: readonly (string | null)[], type: ParameterType): SqlFragment {
  return { node: 'list', values, type };
}

export function call<C extends DialectCall>(name: C, ...args: DialectCalls[C]): SqlFragment {
  return { node: 'call', name, args };
}

export function join(fragments: readonly SqlFragment[], separator: SqlFragment): SqlFragment {
  return {
    node: 'sequence',
    fragments: fragments.flatMap((f, i) => (i === 0 ? [f] : [separator, f])),
  };
}

/** `(a) AND (b)`; true when there is none. */
export function allOf(conditions: readonly SqlFragment[]): SqlFragment {
  const [only, ...rest] = conditions;
  if (!only) return sql`TRUE`;
  if (rest.length === 0) return only;
  return join(
    conditions.map((c) => sql`(${c})`),
    sql` AND `,
  );
}

/**
 * A condition that somebody wrote, as it stands and in parentheses of its own.
 * The caller has had it inspected as a condition (one expression, allow-listed) before.
 */
export function inspectedCondition(text: string): SqlFragment {
  return { node: 'text', text: `(\n${text}\n)` };
}

/** How many placeholders the fragment takes; a bound list is one. */
export function parameterCount(fragment: SqlFragment): number {
  switch (fragment.node) {
    case 'parameter':
    case 'list':
      return 1;
    case 'call':
      return fragment.args.reduce((sum, f) => sum + parameterCount(f), 0);
    case 'sequence':
      return fragment.fragments.reduce((sum, f) => sum + parameterCount(f), 0);
    case 'text':
    case 'identifier':
      return 0;
  }
}
