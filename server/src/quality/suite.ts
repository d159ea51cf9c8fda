import type { TableName } from '../warehouse/index.js';

/** How much a result carries, each level with what the one before has; Great Expectations' four levels. */
export const resultFormats = ['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** `critical` makes an unmet expectation `failed`, the other two make it `warned`. */
export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Which rows a row-wise expectation leaves out of judgement because values are missing. */
export const rowIgnores = {
  pair: ['both_values_are_missing', 'either_value_is_missing', 'neither'],
  multicolumn: ['all_values_are_missing', 'any_value_is_missing', 'never'],
} as const;

/** One expectation, read and checked: its kwargs fit its kind. */
export interface Expectation {
  /** `expect_column_values_to_be_between`. */
  type: string;
  /** Own kwargs with defaults filled in; parameters replaced. */
  kwargs: Readonly<Record<string, unknown>>;
  /** As written, for the validation result. */
  writtenKwargs: Readonly<Record<string, unknown>>;
  meta: Readonly<Record<string, unknown>>;
  severity: Severity;
  /** Line in the file, from 1, where there is a file. */
  line?: number;
}

export interface Suite {
  name: string;
  /** The table that its expectations judge; absent when all of them bring their own SQL. */
  table?: TableName;
  /** Columns that name a row in failing rows, where the table declares no key. */
  key: readonly string[];
  meta: Readonly<Record<string, unknown>>;
  expectations: readonly Expectation[];
}
