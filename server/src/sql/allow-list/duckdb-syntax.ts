import { names } from './function-allow-list.js';

/** Classes of expressions in DuckDB's serialized tree that user SQL may be made of. */
export const duckdbExpressions = names(
  `BETWEEN CASE CAST COLLATE COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION LAMBDA LAMBDA_REF OPERATOR
   POSITIONAL_REFERENCE STAR SUBQUERY TYPE WINDOW`,
);

/** Types of the other nodes: queries, what stands in FROM, modifiers, orders; types of columns match a pattern. */
export const duckdbNodes = names(
  `SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE`,
  `BASE_TABLE COLUMN_DATA CTE EMPTY EXPRESSION_LIST JOIN PIVOT SUBQUERY TABLE_FUNCTION`,
  `DISTINCT_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER ORDER_MODIFIER`,
  `ORDER_DEFAULT ASCENDING DESCENDING`,
);

export const duckdbTypeInfo = /^[A-Z_]+_TYPE_INFO$/;
