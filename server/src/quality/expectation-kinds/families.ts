import { allOf, identifier, sql, type SqlFragment } from '../../warehouse/index.js';
import { judgeShare } from '../evaluate/judge-share.js';
import type { Metrics } from '../plan/metric.js';
import { comparableColumn } from '../values/comparable.js';
import { countOfPresent, countOfRows, countWhere, rowCounts } from './counts.js';
import {
  defineKind,
  type ExpectationKind,
  type KindDefinition,
  type Measured,
  type MeasureContext,
  type RowCounts,
} from './expectation-kind.js';
import type { ColumnMapKwargs, ColumnPairKwargs } from './kwargs-schema.js';

type Inherited = 'judgesTable' | 'measure' | 'judge' | 'sentence' | 'failingRows';

/** What a row-wise kind on one column adds to its family. */
interface ColumnMapKind<K extends ColumnMapKwargs> extends Omit<KindDefinition<K>, Inherited> {
  /** True for the values that do not meet it; NULLs never reach it. */
  unexpected(value: SqlFragment, kwargs: K, context: MeasureContext): SqlFragment;
  /** More to measure, for the sentence. */
  alsoMeasure?(value: SqlFragment, kwargs: K): Metrics;
  sentence(counts: RowCounts, kwargs: K, measured: Measured): string;
}

/** Row-wise on one column: NULLs are left out of judgement. */
export function columnMapKind<K extends ColumnMapKwargs>(kind: ColumnMapKind<K>): ExpectationKind {
  const condition = (kwargs: K, context: MeasureContext): SqlFragment => {
    const column = context.column(kwargs.column);
    const value = comparableColumn(column);
    return allOf([sql`${identifier(column.name)} IS NOT NULL`, kind.unexpected(value, kwargs, context)]);
  };
  return defineKind<K>({
    ...kind,
    judgesTable: true,
    measure: (kwargs, context) => ({
      rows: countOfRows,
      judged: countOfPresent(context.column(kwargs.column).name),
      unexpected: countWhere(condition(kwargs, context)),
      ...kind.alsoMeasure?.(comparableColumn(context.column(kwargs.column)), kwargs),
    }),
    judge: (kwargs, measured) => judgeShare(rowCounts(measured), kwargs.mostly),
    sentence: (kwargs, _, measured) => kind.sentence(rowCounts(measured), kwargs, measured),
    failingRows: (kwargs, _, context) => ({
      rows: 'where',
      condition: condition(kwargs, context),
      domain: [kwargs.column],
    }),
  });
}

interface ColumnPairKind<K extends ColumnPairKwargs> extends Omit<KindDefinition<K>, Inherited> {
  /** True for the pairs that do not meet it; NULL counts as expected. @throws CannotMeasure */
  unexpected(a: SqlFragment, b: SqlFragment, kwargs: K, context: MeasureContext): SqlFragment;
  sentence(counts: RowCounts, kwargs: K): string;
}

/** Row-wise on two columns; `ignore_row_if` says which rows are left out. */
export function columnPairKind<K extends ColumnPairKwargs>(kind: ColumnPairKind<K>): ExpectationKind {
  const condition = (kwargs: K, context: MeasureContext): SqlFragment => {
    const [a, b] = [context.column(kwargs.column_A), context.column(kwargs.column_B)];
    return allOf([
      judgedPairs(kwargs),
      kind.unexpected(comparableColumn(a), comparableColumn(b), kwargs, context),
    ]);
  };
  return defineKind<K>({
    ...kind,
    judgesTable: true,
    measure: (kwargs, context) => ({
      rows: countOfRows,
      judged: countWhere(judgedPairs(kwargs)),
      unexpected: countWhere(condition(kwargs, context)),
    }),
    judge: (kwargs, measured) => judgeShare(rowCounts(measured), kwargs.mostly),
    sentence: (kwargs, _, measured) => kind.sentence(rowCounts(measured), kwargs),
    failingRows: (kwargs, _, context) => ({
      rows: 'where',
      condition: condition(kwargs, context),
      domain: [kwargs.column_A, kwargs.column_B],
    }),
  });
}

function judgedPairs({ column_A, column_B, ignore_row_if }: ColumnPairKwargs): SqlFragment {
  const [a, b] = [identifier(column_A), identifier(column_B)];
  switch (ignore_row_if) {
    case 'both_values_are_missing':
      return sql`${a} IS NOT NULL OR ${b} IS NOT NULL`;
    case 'either_value_is_missing':
      return sql`${a} IS NOT NULL AND ${b} IS NOT NULL`;
    case 'neither':
      return sql`TRUE`;
  }
}
