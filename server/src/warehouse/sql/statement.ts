/** Values travel as text and are cast in the SQL, so that no driver rounds a decimal or guesses a type. */
export type BoundValue = string | null | readonly (string | null)[];

/**
 * Who wrote the text. `plan`: ours, made of fragments, reads table data. `catalog`: ours, reads only metadata.
 * `user`: somebody's; it must pass the allow-list and runs on a connection of its own.
 */
export type StatementOrigin = 'plan' | 'catalog' | 'user';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly BoundValue[];
  readonly origin: StatementOrigin;
}
