import type { z } from 'zod';
import type {
  SqlValue,
  TableColumn,
  TableDescription,
  WarehouseCapabilities,
} from '../../warehouse/index.js';
import type { FailingRows, Metrics } from '../plan/metric.js';

/** A kwarg that is wrong by itself or against another one, found before anything runs. */
export interface KwargIssue {
  kwarg: string;
  message: string;
  suggestion?: string;
}

/** What an expectation needs to know of the table while it says what to measure. */
export interface MeasureContext {
  table: TableDescription;
  /** The column of that name; the planner has made sure that it is there. */
  column(name: string): TableColumn;
  capabilities: WarehouseCapabilities;
}

/** The expectation fits its kind but not this column: it becomes `errored`, the others are judged. */
export class CannotMeasure extends Error {}

/** Values of the metrics by the names under which `measure` asked for them. */
export type Measured = Readonly<Record<string, SqlValue>>;

/** Counts of a row-wise expectation. `ignored` rows are not judged. */
export interface RowCounts {
  rows: number;
  ignored: number;
  unexpected: number;
}

/** What was seen, in the shape in which Great Expectations reports it. */
export type Observation =
  | { shape: 'rows'; counts: RowCounts; ignoresRows: boolean }
  | { shape: 'value'; observed: SqlValue; details?: Readonly<Record<string, unknown>> };

export interface Judgement {
  success: boolean;
  observation: Observation;
  /** One clause for people, without the title: `all values in [0, 0.87]`. */
  sentence: string;
  /** Said beside the verdict where it may surprise: an empty selection that passes. */
  notice?: string;
}

/**
 * One expectation kind: a file of its own, found through the registry.
 * What it takes (`kwargs`, `check`), what it measures, how that is judged and said.
 * Planning, execution, result formats and rendering know no kind by name.
 */
export interface ExpectationKind<S extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  /** Own kwargs with types, defaults and a description each; forms and documentation are made from it. */
  readonly kwargs: S;
  /** Whether it judges the suite's table, or brings its own SQL. */
  readonly needsTable: boolean;
  /** What the schema cannot say: bounds in order, a pattern that the engine understands. */
  check(kwargs: z.output<S>, capabilities: WarehouseCapabilities): KwargIssue[];
  /** Columns of the table that must be there. */
  columns(kwargs: z.output<S>): readonly string[];
  /** A title from the kwargs, for expectations that carry none. */
  title(kwargs: z.output<S>): string;
  /** @throws CannotMeasure when the column's type does not allow it. */
  measure(kwargs: z.output<S>, context: MeasureContext): Metrics;
  judge(kwargs: z.output<S>, measured: Measured): Judgement;
  /** Asked only after an unmet expectation. */
  failingRows(kwargs: z.output<S>, context: MeasureContext): FailingRows | undefined;
}

/** For a table of kinds: each is written with its own kwargs, the registry holds them without. */
export type AnyExpectationKind = ExpectationKind<z.ZodObject>;
