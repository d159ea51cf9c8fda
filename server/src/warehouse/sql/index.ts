export { render, renderForPeople } from './render.js';
export type { SqlDialect } from './sql-dialect.js';
export {
  allOf,
  call,
  identifier,
  inspectedCondition,
  join,
  list,
  parameter,
  parameterCount,
  sql,
  type ParameterType,
  type SqlFragment,
} from './sql-fragment.js';
export type { BoundValue, Statement, StatementOrigin } from './statement.js';
