import type { WarehouseCapabilities } from '../warehouse-capabilities.js';

export const duckDbCapabilities: WarehouseCapabilities = {
  snapshot: true,
  // The engine sets no limit; 70,000 were tried. Ours keeps one statement's text readable for its parser.
  maxParameters: 65_535,
  // Planning takes longer than in proportion: 6,000 conditional aggregates in one SELECT took ten seconds.
  maxSelectColumns: 1_000,
  regex: 're2',
};
