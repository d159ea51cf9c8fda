import type { z } from 'zod';
import type {
  SqlValue,
  TableColumn,
  TableDescription,
  TypeCategory,
  WarehouseCapabilities,
} from '../../warehouse/index.js';
import type { FailingRows, Metrics } from '../plan/metric.js';

/** A kwarg that is wrong by itself or against another one, found before anything runs. */
export interface KwargIssue {
  kwarg: string;
  message: string;
  suggestion?: string;
}

/** What an expectation may know of the data while it says what to measure and how to judge it. */
export interface MeasureContext {
  /** @throws CannotMeasure when the suite names no table, or one that is not there */
  table(): TableDescription;
  /** @throws CannotMeasure naming the nearest column when it is not there */
  column(name: string): TableColumn;
  capabilities: WarehouseCapabilities;
}

/** A metric's value, with what kind of value the engine says it is. */
export interface MeasuredValue {
  value: SqlValue;
  category: TypeCategory;
}

/** Values of the metrics by the names under which `measure` asked for them; optional ones may be missing. */
export type Measured = Readonly<Record<string, MeasuredValue>>;

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
  /** Said beside the verdict where it may surprise: an empty selection that passes. */
  notice?: string;
}

/**
 * One expectation kind: a file of its own, found through the registry.
 * What it takes (`kwargs`, `check`), what it measures, how that is judged, and how it is said.
 * Planning, execution, result formats and rendering know no kind by name.
 */
export interface KindDefinition<K> {
  readonly type: string;
  /** Own kwargs with types, defaults and a description each; forms and documentation are made from it. */
  readonly kwargs: KwargsSchema<K>;
  /** Whether it judges rows of the suite's table, so that row conditions apply; else it brings its own SQL. */
  readonly judgesTable: boolean;
  /** What the schema cannot say: bounds in order, a pattern that the engine understands. */
  check?(kwargs: K, capabilities: WarehouseCapabilities): KwargIssue[];
  /** The author's own statements among the kwargs. */
  userSql?(kwargs: K): readonly string[];
  /** A title from the kwargs, for expectations that carry none. */
  title(kwargs: K): string;
  /** @throws CannotMeasure when the table or a column's type does not allow it */
  measure(kwargs: K, context: MeasureContext): Metrics;
  judge(kwargs: K, measured: Measured, context: MeasureContext): Judgement;
  /** One clause for people, without the title: `all values in [0, 0.87]`. */
  sentence(kwargs: K, judgement: Judgement, measured: Measured): string;
  /** The rows that do not meet it; undefined where no row is to blame. Asked only where there may be some. */
  failingRows?(kwargs: K, judgement: Judgement, context: MeasureContext): FailingRows | undefined;
}

/** An object schema whose parsed value is K. */
export type KwargsSchema<K> = z.ZodObject & z.ZodType<K>;

/** A kind with the kwargs of one expectation: what everything outside of the kinds works with. */
export interface BoundExpectation {
  readonly kwargs: Readonly<Record<string, unknown>>;
  check(capabilities: WarehouseCapabilities): KwargIssue[];
  userSql(): readonly string[];
  title(): string;
  measure(context: MeasureContext): Metrics;
  judge(measured: Measured, context: MeasureContext): Judgement;
  sentence(judgement: Judgement, measured: Measured): string;
  failingRows(judgement: Judgement, context: MeasureContext): FailingRows | undefined;
}

export interface ExpectationKind {
  readonly type: string;
  readonly kwargs: z.ZodObject;
  readonly judgesTable: boolean;
  /** The kwargs as the kind wants them, with defaults filled in, or zod's issues. */
  bind(
    written: Readonly<Record<string, unknown>>,
  ): BoundExpectation | { issues: readonly z.core.$ZodIssue[] };
}

/** Closes a kind over its kwargs, so that nobody outside needs to know their type. */
export function defineKind<K extends object>(kind: KindDefinition<K>): ExpectationKind {
  return {
    type: kind.type,
    kwargs: kind.kwargs,
    judgesTable: kind.judgesTable,
    bind: (written): ReturnType<ExpectationKind['bind']> => {
      const parsed = kind.kwargs.safeParse(written);
      if (!parsed.success) return { issues: parsed.error.issues };
      const kwargs: K = parsed.data;
      return {
        kwargs: Object.fromEntries(Object.entries(kwargs)),
        check: (capabilities) => kind.check?.(kwargs, capabilities) ?? [],
        userSql: () => kind.userSql?.(kwargs) ?? [],
        title: () => kind.title(kwargs),
        measure: (context) => kind.measure(kwargs, context),
        judge: (measured, context) => kind.judge(kwargs, measured, context),
        sentence: (judgement, measured) => kind.sentence(kwargs, judgement, measured),
        failingRows: (judgement, context) => kind.failingRows?.(kwargs, judgement, context),
      };
    },
  };
}
