import { WarehouseError } from '../warehouse.errors.js';

/** A step of a world could not be run; the directory holds what it held before. */
export class WorldBuildFailed extends WarehouseError {
  readonly code = 'warehouse.world-build-failed';
}

/** The caller's signal was aborted; the directory holds what it held before. */
export class WorldBuildCancelled extends WarehouseError {
  readonly code = 'warehouse.world-build-cancelled';
  override readonly logLevel = 'info';
}

/** The files of a built world could not be read. */
export class WorldUnreadable extends WarehouseError {
  readonly code = 'warehouse.world-unreadable';
}
