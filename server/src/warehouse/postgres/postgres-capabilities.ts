import type { WarehouseCapabilities } from '../warehouse-capabilities.js';

export const postgresCapabilities: WarehouseCapabilities = {
  snapshot: true,
  // A 16-bit count in the Bind message.
  maxParameters: 65_535,
  // MaxTupleAttributeNumber; a row must also fit a page where it is sorted or stored.
  maxSelectColumns: 1_664,
  regex: 'are',
};
