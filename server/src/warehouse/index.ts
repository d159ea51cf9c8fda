export {
  allOf,
  call,
  identifier,
  inspectedCondition,
  join,
  list,
  parameter,
  parameterCount,
  render,
  renderForPeople,
  sql,
  type ParameterType,
  type SqlDialect,
  type SqlFragment,
  type Statement,
} from './sql/index.js';
export type {
  QueryOptions,
  Row,
  Snapshot,
  SqlValue,
  StatementInspection,
  StatementRunner,
  TableColumn,
  TableDescription,
  TableName,
  TypeCategory,
  WarehouseAdapter,
} from './warehouse-adapter.js';
export type { WarehouseCapabilities } from './warehouse-capabilities.js';
export {
  ConnectionFailed,
  PermissionDenied,
  QueryRejected,
  QueryTimedOut,
  WarehouseError,
  WarehouseUrlInvalid,
} from './warehouse.errors.js';
export { openWarehouse } from './open-warehouse.js';
export { buildWorld, listWorlds, worldWarehouseUrl, type WorldManifest } from './seeding/index.js';
export { recorded } from './wrappers/index.js';
