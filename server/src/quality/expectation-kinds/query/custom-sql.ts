import { z } from 'zod';
import { compareValues, comparisons, type Comparison } from '../../evaluate/compare-values.js';
import { exactNumber, isNumeric } from '../../values/scalar.js';
import { shown } from '../../words.js';
import { defineKind, type KwargIssue } from '../expectation-kind.js';

const tolerant: readonly Comparison[] = ['equal', 'less_or_equal', 'greater_or_equal'];

/** Our own `custom_sql_expectation`: the author's SELECT must return the expected value. */
export const customSql = defineKind({
  type: 'custom_sql_expectation',
  kwargs: z.object({
    sql: z.string().trim().min(1).describe('One SELECT that returns one value'),
    expected_value: z
      .union([z.number(), z.string(), z.boolean(), z.null()], {
        error: 'expected a number, a text, true, false or null',
      })
      .describe('The value it must return'),
    description: z.string().optional().describe('What the query proves, for people'),
    comparison: z
      .enum(Object.keys(comparisons) as [Comparison, ...Comparison[]])
      .default('equal')
      .describe('How the returned value must stand to the expected one'),
    tolerance: z
      .union([z.number().min(0), z.string().refine((t) => isNumeric(t) && !t.startsWith('-'))], {
        error: 'expected a number from 0',
      })
      .nullish()
      .describe('Greatest difference by which numbers may miss'),
  }),
  judgesTable: false,
  check: ({ expected_value, comparison, tolerance }) => {
    const issues: KwargIssue[] = [];
    if (tolerance !== undefined && tolerance !== null) {
      if (!exactNumber(expected_value)) {
        issues.push({ kwarg: 'tolerance', message: 'a tolerance needs a number as expected_value' });
      }
      if (!tolerant.includes(comparison)) {
        issues.push({
          kwarg: 'tolerance',
          message: `a tolerance has no meaning for "${comparison}"`,
          suggestion: `it goes with ${tolerant.join(', ')}`,
        });
      }
    }
    const isOrdered = comparison !== 'equal' && comparison !== 'not_equal';
    if (isOrdered && (expected_value === null || typeof expected_value === 'boolean')) {
      issues.push({ kwarg: 'comparison', message: `"${comparison}" needs a number or text to compare with` });
    }
    return issues;
  },
  userSql: ({ sql }) => [sql],
  title: ({ description, sql }) => description ?? sql.split('\n')[0] ?? sql,
  measure: ({ sql }) => ({ value: { metric: 'user-sql', sql } }),
  judge: ({ expected_value, comparison, tolerance }, { value }) => {
    const { value: observed, category } = value ?? { value: null, category: 'other' as const };
    const success = compareValues({ observed, category }, comparison, expected_value, tolerance ?? null);
    return { success, observation: { shape: 'value', observed, details: { expected_value, comparison } } };
  },
  sentence: ({ expected_value, comparison, tolerance }, { success }, { value }) => {
    const returned = `returned ${shown(value?.value)}`;
    const wanted = `${comparisons[comparison]} ${shown(expected_value)}${tolerance ? ` ± ${tolerance}` : ''}`;
    return success ? returned : `${returned}, expected ${wanted}`;
  },
  // Where it counts too many rows, the rows that it counts are at fault; where too few, no row that is there is.
  failingRows: ({ sql, expected_value }, { observation }) => {
    const observed = observation.shape === 'value' ? exactNumber(observation.observed) : undefined;
    const expected = exactNumber(expected_value);
    return observed && expected && observed.gt(expected) ? { rows: 'behind-user-sql', sql } : undefined;
  },
});
