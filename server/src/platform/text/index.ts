export { isRecord } from './is-record.js';
export { nearest } from './nearest.js';
export { oneLine } from './one-line.js';
