export { isRecord } from './is-record.js';
export { nearest } from './nearest.js';
export { oneLine, printable } from './one-line.js';
