import { join } from 'node:path';
import type { WorldManifest } from './world-manifest.js';

/**
 * The warehouse URL of a built world: `duckdb:PATH?attach=NAME=PATH…`, its catalogs in the manifest's order.
 * `directory` is the warehouse directory; `mainCatalog` defaults to the manifest's.
 */
export function worldWarehouseUrl(directory: string, world: WorldManifest, mainCatalog = world.main): string {
  const main = world.catalogs[mainCatalog];
  if (main === undefined) throw new RangeError(`world '${world.name}' has no catalog '${mainCatalog}'`);
  const path = (file: string): string => encodePath(join(directory, world.name, file));
  const attached = Object.entries(world.catalogs)
    .filter(([name]) => name !== mainCatalog)
    .map(([name, file]) => `attach=${name}=${path(file)}`);
  return `duckdb:${path(main)}${attached.length > 0 ? `?${attached.join('&')}` : ''}`;
}

/** Slashes stay, so that the URL reads as a path. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
