import { z } from 'zod';
import { allOf, identifier, sql, type SqlFragment } from '../../warehouse/index.js';
import { judgeShare } from '../evaluate/judge-share.js';
import type { Metric, Metrics } from '../plan/metric.js';
import { comparableColumn } from './comparable.js';
import { countOfRows, toCount } from './counts.js';
import type {
  ExpectationKind,
  Judgement,
  KwargIssue,
  MeasureContext,
  Measured,
  RowCounts,
} from './expectation-kind.js';
import { columnMap, columnPair } from './kwargs.js';

type Empty = Record<never, never>;
const none = (): KwargIssue[] => [];

/** What a row-wise kind on one column adds to its family. */
interface ColumnMapKind<S extends z.ZodRawShape> {
  type: string;
  kwargs: S;
  check?: ExpectationKind<z.ZodObject<typeof columnMap & S>>['check'];
  title(kwargs: z.output<z.ZodObject<typeof columnMap & S>>): string;
  /** True for the values that do not meet it; NULLs never reach it. */
  unexpected(
    value: SqlFragment,
    kwargs: z.output<z.ZodObject<typeof columnMap & S>>,
    context: MeasureContext,
  ): SqlFragment;
  /** More to measure, for the sentence. */
  alsoMeasure?(value: SqlFragment, kwargs: z.output<z.ZodObject<typeof columnMap & S>>): Metrics;
  sentence(
    counts: RowCounts,
    kwargs: z.output<z.ZodObject<typeof columnMap & S>>,
    measured: Measured,
  ): string;
}

const aggregate = (expression: SqlFragment): Metric => ({ metric: 'aggregate', expression });

/** Row-wise on one column: NULLs are left out of judgement. */
export function columnMapKind<S extends z.ZodRawShape = Empty>(
  kind: ColumnMapKind<S>,
): ExpectationKind<z.ZodObject<typeof columnMap & S>> {
  type K = z.output<z.ZodObject<typeof columnMap & S>>;
  const columnOf = (kwargs: K): string => (kwargs as z.output<z.ZodObject<typeof columnMap>>).column;
  const mostlyOf = (kwargs: K): number => (kwargs as z.output<z.ZodObject<typeof columnMap>>).mostly;
  const condition = (kwargs: K, context: MeasureContext): SqlFragment => {
    const column = context.column(columnOf(kwargs));
    return allOf([
      sql`${identifier(column.name)} IS NOT NULL`,
      kind.unexpected(comparableColumn(column), kwargs, context),
    ]);
  };
  return {
    type: kind.type,
    kwargs: z.object({ ...columnMap, ...kind.kwargs }),
    needsTable: true,
    check: kind.check ?? none,
    columns: (kwargs) => [columnOf(kwargs)],
    title: (kwargs) => kind.title(kwargs),
    measure: (kwargs, context) => ({
      rows: aggregate(countOfRows),
      present: aggregate(sql`COUNT(${identifier(columnOf(kwargs))})`),
      unexpected: aggregate(toCount(condition(kwargs, context))),
      ...kind.alsoMeasure?.(comparableColumn(context.column(columnOf(kwargs))), kwargs),
    }),
    judge: (kwargs, measured) => {
      const rows = Number(measured['rows']);
      const counts = {
        rows,
        ignored: rows - Number(measured['present']),
        unexpected: Number(measured['unexpected']),
      };
      return judgeShare(counts, mostlyOf(kwargs), kind.sentence(counts, kwargs, measured));
    },
    failingRows: (kwargs, context) => ({
      rows: 'where',
      condition: condition(kwargs, context),
      domain: [columnOf(kwargs)],
    }),
  };
}

interface ColumnPairKind<S extends z.ZodRawShape> {
  type: string;
  kwargs: S;
  title(kwargs: z.output<z.ZodObject<typeof columnPair & S>>): string;
  /** True for the pairs that do not meet it; must be decided (not NULL) by `onNull` where a side is missing. */
  unexpected(
    a: SqlFragment,
    b: SqlFragment,
    kwargs: z.output<z.ZodObject<typeof columnPair & S>>,
  ): SqlFragment;
  sentence(counts: RowCounts, kwargs: z.output<z.ZodObject<typeof columnPair & S>>): string;
  comparable(context: MeasureContext, kwargs: z.output<z.ZodObject<typeof columnPair & S>>): void;
}

/** Row-wise on two columns; `ignore_row_if` says which rows are left out. */
export function columnPairKind<S extends z.ZodRawShape = Empty>(
  kind: ColumnPairKind<S>,
): ExpectationKind<z.ZodObject<typeof columnPair & S>> {
  type K = z.output<z.ZodObject<typeof columnPair & S>>;
  const own = (kwargs: K): z.output<z.ZodObject<typeof columnPair>> =>
    kwargs as z.output<z.ZodObject<typeof columnPair>>;
  const judged = (kwargs: K): SqlFragment => {
    const { column_A, column_B, ignore_row_if } = own(kwargs);
    const [a, b] = [identifier(column_A), identifier(column_B)];
    switch (ignore_row_if) {
      case 'both_values_are_missing':
        return sql`${a} IS NOT NULL OR ${b} IS NOT NULL`;
      case 'either_value_is_missing':
        return sql`${a} IS NOT NULL AND ${b} IS NOT NULL`;
      case 'neither':
        return sql`TRUE`;
    }
  };
  const condition = (kwargs: K): SqlFragment =>
    allOf([
      judged(kwargs),
      kind.unexpected(identifier(own(kwargs).column_A), identifier(own(kwargs).column_B), kwargs),
    ]);
  return {
    type: kind.type,
    kwargs: z.object({ ...columnPair, ...kind.kwargs }),
    needsTable: true,
    check: none,
    columns: (kwargs) => [own(kwargs).column_A, own(kwargs).column_B],
    title: (kwargs) => kind.title(kwargs),
    measure: (kwargs, context) => {
      kind.comparable(context, kwargs);
      return {
        rows: aggregate(countOfRows),
        judged: aggregate(toCount(judged(kwargs))),
        unexpected: aggregate(toCount(condition(kwargs))),
      };
    },
    judge: (kwargs, measured): Judgement => {
      const rows = Number(measured['rows']);
      const counts = {
        rows,
        ignored: rows - Number(measured['judged']),
        unexpected: Number(measured['unexpected']),
      };
      return judgeShare(counts, own(kwargs).mostly, kind.sentence(counts, kwargs));
    },
    failingRows: (kwargs) => ({
      rows: 'where',
      condition: condition(kwargs),
      domain: [own(kwargs).column_A, own(kwargs).column_B],
    }),
  };
}
