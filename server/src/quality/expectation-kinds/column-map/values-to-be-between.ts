import { z } from 'zod';
import { sql } from '../../../warehouse/index.js';
import { checkBounds, interval, withinBounds } from '../bounds.js';
import { columnMapKind } from '../families.js';
import { bounds } from '../kwargs.js';
import { share, shown } from '../words.js';

/** `expect_column_values_to_be_between`; strings are bounds too, on text, dates and times. */
export const valuesToBeBetween = columnMapKind({
  type: 'expect_column_values_to_be_between',
  kwargs: {
    ...bounds,
    allow_cross_type_comparisons: z
      .boolean()
      .nullish()
      .describe('Of 0.18; without effect: values of another kind than the column are an error'),
  },
  check: (kwargs) => checkBounds(kwargs),
  title: (kwargs) => `${kwargs.column} in ${interval(kwargs)}`,
  unexpected: (value, kwargs, context) =>
    sql`NOT (${withinBounds(value, context.column(kwargs.column), kwargs)})`,
  alsoMeasure: (value) => ({
    min: { metric: 'aggregate', expression: sql`MIN(${value})` },
    max: { metric: 'aggregate', expression: sql`MAX(${value})` },
  }),
  sentence: (counts, kwargs, measured) => {
    const seen = `[${shown(measured['min'])}, ${shown(measured['max'])}]`;
    return counts.unexpected === 0
      ? `all values in ${seen}`
      : `${share(counts, 'value')} outside ${interval(kwargs)}; observed ${seen}`;
  },
});
