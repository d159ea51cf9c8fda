import type { WarehouseCapabilities } from '../warehouse-capabilities.js';

export const duckDbCapabilities: WarehouseCapabilities = {
  snapshot: true,
  // The engine sets no limit; 70,000 were tried. Ours keeps one statement's text readable for its parser.
  maxParameters: 65_535,
  // The same: 20,000 aggregates in one SELECT took a second to plan.
  maxSelectColumns: 10_000,
  maxIdentifierBytes: Number.MAX_SAFE_INTEGER,
  // TIMESTAMP_NS has nine; they are kept when read.
  timestampPrecision: 6,
  regex: 're2',
};
