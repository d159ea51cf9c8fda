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
  type BoundValue,
  type ParameterType,
  type SqlDialect,
  type SqlFragment,
  type Statement,
} from './sql/index.js';
export type { Engine } from './engine.js';
export type {
  QueryOptions,
  QueryResult,
  ResultColumn,
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
  QueryCancelled,
  QueryRejected,
  QueryTimedOut,
  ResourcesExhausted,
  StatementRefused,
  Unsupported,
  WarehouseError,
  WarehouseUrlInvalid,
} from './warehouse.errors.js';
export { openWarehouse, type OpenWarehouseOptions } from './open-warehouse.js';
export {
  buildWorld,
  listWorlds,
  worldChecksums,
  worldWarehouseUrl,
  type WorldManifest,
} from './seeding/index.js';
export { recorded, type StatementRecord } from './wrappers/index.js';
