import { z } from 'zod';
import { rowIgnores } from '../suite.js';

/** A bound or set member as suites write them: numbers, text (dates too) and booleans. */
export const scalar = z.union([z.number(), z.string(), z.boolean()]);
export type Scalar = z.output<typeof scalar>;

const mostly = z
  .number()
  .min(0)
  .max(1)
  .default(1)
  .describe('Share of the judged rows that must meet the expectation');

/** Kwargs of every row-wise expectation on one column. */
export const columnMap = {
  column: z.string().min(1).describe('Column to judge'),
  mostly,
};

export const columnPair = {
  column_A: z.string().min(1).describe('First column'),
  column_B: z.string().min(1).describe('Second column'),
  mostly,
  ignore_row_if: z
    .enum(rowIgnores.pair)
    .default('both_values_are_missing')
    .describe('Rows that are left out of judgement'),
};

/** A comparable bound; null or absent leaves that side open. */
export const bound = z.union([z.number(), z.string()]).nullable().default(null);

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
  meta: z.unknown().optional(),
  notes: z.unknown().optional(),
  description: z.unknown().optional(),
});
