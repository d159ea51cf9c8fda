export { buildWorld, type BuildProgress, type BuildWorldOptions, type BuiltWorld } from './build-world.js';
export type { TableChecksum } from './seed-protocol.js';
export { WorldBuildCancelled, WorldBuildFailed, WorldUnreadable } from './seeding.errors.js';
export { worldChecksums } from './world-checksums.js';
export { worldWarehouseUrl } from './world-url.js';
export type { WorldManifest, WorldStep } from './world-manifest.js';
export { listWorlds, readWorld } from './world.js';
