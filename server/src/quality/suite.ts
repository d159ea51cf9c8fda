import type { TableName } from '../warehouse/index.js';
import type { RowCondition } from './conditions/row-condition.js';
import type { BoundExpectation } from './expectation-kinds/expectation-kind.js';

/** How much a result carries, each level with what the one before has; Great Expectations' four levels. */
export const resultFormats = ['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** The call option `result_format`, a level or an object around one. */
export interface ResultFormatOption {
  format: ResultFormat;
  indexColumns?: readonly string[];
  /** How many values `partial_unexpected_list` holds. */
  partialCount?: number;
}

/** `critical` makes an unmet expectation `failed`, the other two make it `warned`. */
export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** One expectation, read and checked: its kwargs fit its kind. */
export interface Expectation {
  /** `expect_column_values_to_be_between`. */
  type: string;
  judgesTable: boolean;
  /** Its kind with its kwargs: defaults filled in, parameters replaced. */
  bound: BoundExpectation;
  rowCondition?: RowCondition;
  resultFormat?: ResultFormatOption;
  /** As written, for the validation result. */
  writtenKwargs: Readonly<Record<string, unknown>>;
  meta: Readonly<Record<string, unknown>>;
  severity: Severity;
  /** Line in the file, from 1. */
  line: number;
}

export interface Suite {
  name: string;
  /** The table that its expectations judge; absent when all of them bring their own SQL. */
  table?: TableName;
  /** Columns that name a row in failing rows; default the table's primary key. */
  key: readonly string[];
  meta: Readonly<Record<string, unknown>>;
  expectations: readonly Expectation[];
}
