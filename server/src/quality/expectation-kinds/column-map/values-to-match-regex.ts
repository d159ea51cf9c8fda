import { z } from 'zod';
import { call, parameter, sql } from '../../../warehouse/index.js';
import { translateRegex } from '../../regex/translate-regex.js';
import { CannotMeasure } from '../../values/cannot-measure.js';
import { share } from '../../words.js';
import { columnMapKind } from '../families.js';
import { columnMapKwargs } from '../kwargs-schema.js';

/** `expect_column_values_to_match_regex`: a match anywhere in the text, as Python's `re.search`. */
export const valuesToMatchRegex = columnMapKind({
  type: 'expect_column_values_to_match_regex',
  kwargs: columnMapKwargs.extend({
    regex: z.string().describe('Regular expression that each value contains a match of'),
  }),
  check: ({ regex }, capabilities) => {
    const translated = translateRegex(regex, capabilities.regex);
    return 'reason' in translated ? [{ kwarg: 'regex', message: translated.reason }] : [];
  },
  title: ({ column, regex }) => `${column} matches ${regex}`,
  unexpected: (value, { column, regex }, context) => {
    const described = context.column(column);
    if (described.category !== 'text' && described.category !== 'enum') {
      throw new CannotMeasure(`column "${column}" is of type ${described.type}; a regex judges text`);
    }
    const translated = translateRegex(regex, context.capabilities.regex);
    if ('reason' in translated) throw new CannotMeasure(translated.reason);
    return sql`NOT (${call('regexMatches', value, parameter(translated.pattern, { kind: 'text' }))})`;
  },
  sentence: (counts) =>
    counts.unexpected === 0 ? 'all values match' : `${share(counts, 'value')} do not match`,
});
