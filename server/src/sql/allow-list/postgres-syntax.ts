/**
 * The nodes of Postgres' parse tree that user SQL may be made of, each with its fields. A node or a field that is
 * not here is refused, so a syntax that a later Postgres adds is refused until someone has looked at it.
 * `field:Node` says what an unwrapped child is; the parser writes other children as `{ Node: … }`.
 */
const syntax = {
  SelectStmt: `distinctClause targetList fromClause whereClause groupClause groupDistinct havingClause windowClause
    valuesLists sortClause limitOffset limitCount limitOption withClause:WithClause op all larg:SelectStmt
    rarg:SelectStmt`,
  WithClause: 'ctes recursive location',
  CommonTableExpr: `ctename aliascolnames ctematerialized ctequery search_clause:CTESearchClause
    cycle_clause:CTECycleClause location`,
  CTESearchClause: 'search_col_list search_breadth_first search_seq_column location',
  CTECycleClause: `cycle_col_list cycle_mark_column cycle_mark_value cycle_mark_default cycle_path_column location`,
  ResTarget: 'name indirection val location',
  SortBy: 'node sortby_dir sortby_nulls useOp location',
  WindowDef: 'name refname partitionClause orderClause frameOptions startOffset endOffset location',
  GroupingSet: 'kind content location',
  GroupingFunc: 'args location',
  RangeVar: 'catalogname schemaname relname inh relpersistence alias:Alias location',
  RangeSubselect: 'lateral subquery alias:Alias',
  RangeFunction: 'lateral ordinality is_rowsfrom functions alias:Alias coldeflist',
  RangeTableSample: 'relation method args repeatable location',
  JoinExpr: 'jointype isNatural larg rarg usingClause join_using_alias:Alias quals alias:Alias',
  Alias: 'aliasname colnames',
  ColumnDef: 'colname typeName:TypeName is_local collClause:CollateClause location',
  ColumnRef: 'fields location',
  A_Star: '',
  A_Const: 'ival fval boolval sval bsval isnull location',
  A_Expr: 'kind name lexpr rexpr rexpr_list_start rexpr_list_end location',
  A_Indirection: 'arg indirection',
  A_Indices: 'is_slice lidx uidx',
  A_ArrayExpr: 'elements list_start list_end location',
  BoolExpr: 'boolop args location',
  NullTest: 'arg nulltesttype location',
  BooleanTest: 'arg booltesttype location',
  CaseExpr: 'arg args defresult location',
  CaseWhen: 'expr result location',
  CoalesceExpr: 'args location',
  MinMaxExpr: 'op args location',
  RowExpr: 'args row_format colnames location',
  SubLink: 'subLinkType testexpr operName subselect location',
  FuncCall: `funcname args agg_order agg_filter over:WindowDef agg_within_group agg_star agg_distinct func_variadic
    funcformat location`,
  NamedArgExpr: 'arg name argnumber location',
  SQLValueFunction: 'op typmod location',
  TypeCast: 'arg typeName:TypeName location',
  TypeName: 'names setof pct_type typmods typemod arrayBounds location',
  CollateClause: 'arg collname location',
  List: 'items',
  String: 'sval',
  Integer: 'ival',
  JsonIsPredicate: 'expr format:JsonFormat item_type unique_keys location',
  JsonObjectConstructor: 'exprs output:JsonOutput absent_on_null unique location',
  JsonArrayConstructor: 'exprs output:JsonOutput absent_on_null location',
  JsonArrayQueryConstructor: 'query output:JsonOutput format:JsonFormat absent_on_null location',
  JsonObjectAgg: 'constructor:JsonAggConstructor arg:JsonKeyValue absent_on_null unique',
  JsonArrayAgg: 'constructor:JsonAggConstructor arg:JsonValueExpr absent_on_null',
  JsonAggConstructor: 'output:JsonOutput agg_filter agg_order over:WindowDef location',
  JsonKeyValue: 'key value:JsonValueExpr',
  JsonValueExpr: 'raw_expr format:JsonFormat',
  JsonFormat: 'format_type encoding location',
  JsonOutput: 'typeName:TypeName returning:JsonReturning',
  JsonReturning: 'format:JsonFormat typmod',
  JsonParseExpr: 'expr:JsonValueExpr output:JsonOutput unique_keys location',
  JsonScalarExpr: 'expr output:JsonOutput location',
  JsonSerializeExpr: 'expr:JsonValueExpr output:JsonOutput location',
  JsonFuncExpr: `op column_name context_item:JsonValueExpr pathspec passing output:JsonOutput on_empty:JsonBehavior
    on_error:JsonBehavior wrapper quotes location`,
  JsonArgument: 'val:JsonValueExpr name',
  JsonBehavior: 'btype expr coerce location',
  JsonTable: `context_item:JsonValueExpr pathspec:JsonTablePathSpec passing columns on_error:JsonBehavior
    alias:Alias lateral location`,
  JsonTableColumn: `coltype name typeName:TypeName pathspec:JsonTablePathSpec format:JsonFormat wrapper quotes
    columns on_empty:JsonBehavior on_error:JsonBehavior location`,
  JsonTablePathSpec: 'string name name_location location',
};

/** Of a node: its fields, each with the node that stands there unwrapped, or null. Undefined: not allowed. */
export const postgresSyntax: ReadonlyMap<string, ReadonlyMap<string, string | null>> = new Map(
  Object.entries(syntax).map(([node, fields]) => [
    node,
    new Map(
      fields.split(/\s+/).map((field): [string, string | null] => {
        const [name = '', child = null] = field.split(':');
        return [name, child];
      }),
    ),
  ]),
);
