import { z } from 'zod';

/** A bound or set member as suites write it: numbers, text (dates too) and booleans. */
export const scalar = z.union([z.number(), z.string(), z.boolean()], {
  error: 'expected a number, a text, true or false',
});

const mostly = z
  .number()
  .min(0)
  .max(1)
  .nullish()
  .transform((share) => share ?? 1)
  .describe('Share of the judged rows that must meet the expectation');

/** Kwargs of every row-wise expectation on one column. */
export const columnMapKwargs = z.object({
  column: z.string().min(1).describe('Column to judge'),
  mostly,
});
export type ColumnMapKwargs = z.output<typeof columnMapKwargs>;

export const columnPairKwargs = z.object({
  column_A: z.string().min(1).describe('First column'),
  column_B: z.string().min(1).describe('Second column'),
  mostly,
  ignore_row_if: z
    .enum(['both_values_are_missing', 'either_value_is_missing', 'neither'])
    .default('both_values_are_missing')
    .describe('Rows that are left out of judgement'),
});
export type ColumnPairKwargs = z.output<typeof columnPairKwargs>;

/** A comparable bound; null or absent leaves that side open. */
const bound = z
  .union([z.number(), z.string()], { error: 'expected a number or a text' })
  .nullable()
  .default(null);

export const bounds = {
  min_value: bound.describe('Lower bound; open when absent'),
  max_value: bound.describe('Upper bound; open when absent'),
  strict_min: z.boolean().default(false).describe('The lower bound itself is not allowed'),
  strict_max: z.boolean().default(false).describe('The upper bound itself is not allowed'),
};

/** Kwargs that Great Expectations takes on every expectation and that are not the kind's own. */
export const baseKwargs = z.object({
  row_condition: z.unknown().optional(),
  condition_parser: z.string().nullable().optional(),
  result_format: z.unknown().optional(),
  catch_exceptions: z.boolean().optional(),
  include_config: z.boolean().optional(),
  batch_id: z.unknown().optional(),
  windows: z.unknown().optional(),
  // Of 0.18, without effect on a warehouse: the column's own type decides how bounds are read.
  parse_strings_as_datetimes: z.boolean().nullish(),
  allow_cross_type_comparisons: z.boolean().nullish(),
  auto: z.boolean().nullish(),
  profiler_config: z.unknown().optional(),
  meta: z.unknown().optional(),
  notes: z.unknown().optional(),
  description: z.unknown().optional(),
});
