export { DomainError, type LogLevel } from './domain-error.js';
export { InputInvalid, type Issue } from './issue.js';
