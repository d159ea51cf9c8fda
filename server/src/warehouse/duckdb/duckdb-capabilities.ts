import type { WarehouseCapabilities } from '../warehouse-capabilities.js';

export const duckDbCapabilities: WarehouseCapabilities = {
  snapshot: true,
  // The engine sets no limit; 70,000 were tried. Ours keeps one statement's text readable for its parser.
  maxParameters: 65_535,
  // The same: 20,000 aggregates in one SELECT took a second to plan.
  maxSelectColumns: 10_000,
  maxDecimalDigits: 38,
  regex: 're2',
};
