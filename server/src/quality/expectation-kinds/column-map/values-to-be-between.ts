import { sql } from '../../../warehouse/index.js';
import { boundsProblem, interval, withinBounds } from '../../values/bounds.js';
import { share, shown } from '../../words.js';
import { optionalAggregate } from '../counts.js';
import { columnMapKind } from '../families.js';
import { bounds, columnMapKwargs } from '../kwargs-schema.js';

/** `expect_column_values_to_be_between`; strings are bounds too, on text, dates and times. */
export const valuesToBeBetween = columnMapKind({
  type: 'expect_column_values_to_be_between',
  kwargs: columnMapKwargs.extend(bounds),
  check: (kwargs) => {
    const problem = boundsProblem(kwargs);
    return problem ? [problem] : [];
  },
  title: (kwargs) => `${kwargs.column} in ${interval(kwargs)}`,
  unexpected: (value, kwargs, context) =>
    sql`NOT (${withinBounds(value, context.column(kwargs.column), kwargs)})`,
  alsoMeasure: (value) => ({
    min: optionalAggregate(sql`MIN(${value})`),
    max: optionalAggregate(sql`MAX(${value})`),
  }),
  sentence: (counts, kwargs, { min, max }) => {
    const seen = min && max ? `[${shown(min.value)}, ${shown(max.value)}]` : undefined;
    return counts.unexpected === 0
      ? `all values in ${seen ?? interval(kwargs)}`
      : `${share(counts, 'value')} outside ${interval(kwargs)}${seen ? `; observed ${seen}` : ''}`;
  },
});
