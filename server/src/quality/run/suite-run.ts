import type { Row } from '../../warehouse/index.js';
import type { Judgement } from '../expectation-kinds/expectation-kind.js';
import type { Outcome } from '../outcome.js';
import type { Expectation, ResultFormat, Suite } from '../suite.js';

/** A statement as it was sent. */
export interface RunStatement {
  sql: string;
  /** Whether it read table data, as opposed to the engine's catalog. */
  readsData: boolean;
  elapsedMs: number;
  rows: number;
  /** Code of the error it ended with. */
  error?: string;
}

/** Rows that an unmet expectation blames. */
export interface FailingRowsRead {
  columns: readonly string[];
  rows: readonly Row[];
  /** Columns that name a row. */
  key: readonly string[];
  /** Columns that the expectation judged; empty where its own SQL did. */
  domain: readonly string[];
  /** There are more than were read. */
  truncated: boolean;
  /** How many there are in all, where it is known. */
  total?: number;
  /** The query that returns all of them. */
  sql: string;
}

export interface ExpectationResult {
  expectation: Expectation;
  title: string;
  outcome: Outcome;
  /** How much of the result is told. */
  format: ResultFormat;
  /** How many values `partial_unexpected_list` holds. */
  partialCount: number;
  indexColumns?: readonly string[];
  /** Absent when it could not be judged. */
  judgement?: Judgement;
  /** The verdict in a clause for people; with the judgement. */
  sentence?: string;
  /** What may surprise about the verdict. */
  notices?: readonly string[];
  /** Why it could not be judged. */
  error?: { code: string; message: string };
  /** Its own part of what was sent, with values written out: copy and run. */
  sql: string;
  failingRows?: FailingRowsRead;
  /** Why there are no failing rows to show although it is unmet. */
  failingRowsNotice?: string;
}

export interface SuiteRun {
  suite: Suite;
  table?: readonly string[];
  outcome: Outcome;
  results: readonly ExpectationResult[];
  statements: readonly RunStatement[];
  /** Statements that read table data. */
  dataQueries: number;
  /** Whether all statements read one state of the data. */
  consistent: boolean;
  engine: string;
  startedAt: Date;
  elapsedMs: number;
}
