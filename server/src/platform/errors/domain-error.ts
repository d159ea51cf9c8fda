/** Who must act on it; ERROR is for what a person has to mend. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/**
 * We could not do what was asked. Bad data is an outcome and a wrong file is an issue; neither is an error.
 * Knows no HTTP and no exit code: the edges map `code`.
 */
export abstract class DomainError extends Error {
  /** Stable and dotted, module first: `warehouse.query-timed-out`. */
  abstract readonly code: string;
  readonly logLevel: LogLevel = 'error';

  constructor(
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
