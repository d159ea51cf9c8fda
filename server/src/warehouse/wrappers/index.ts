export { bounded, type Bounds } from './bounded-adapter.js';
export { readOnly } from './read-only-adapter.js';
export { recorded, type StatementRecord } from './recorded-adapter.js';
export { timed, type TimeLimits } from './timed-adapter.js';
