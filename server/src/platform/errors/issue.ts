import { DomainError } from './domain-error.js';

/** One thing that is wrong in what the user wrote; readers collect all of them before they refuse. */
export interface Issue {
  /** Where in the document: `expectations[2].kwargs.min_value`; empty for the document as a whole. */
  path: string;
  /** From 1; absent where the input has no lines. */
  line?: number;
  /** What is the case. */
  message: string;
  /** What to do, where that can be said. */
  suggestion?: string;
}

/** The user's input cannot be used; carries every issue, not the first one. */
export class InputInvalid extends DomainError {
  readonly code = 'input.invalid';
  override readonly logLevel = 'info';

  constructor(
    readonly subject: string,
    readonly issues: readonly Issue[],
  ) {
    super(`${subject}: ${issues.length === 1 ? '1 issue' : `${issues.length} issues`}`, { issues });
  }
}
