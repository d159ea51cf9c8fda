import { z } from 'zod';
import type { SqlValue } from '../../../warehouse/index.js';
import { compareValues, comparisons, type Comparison } from '../../evaluate/compare-values.js';
import type { ExpectationKind, KwargIssue } from '../expectation-kind.js';
import { shown } from '../words.js';

const kwargs = z.object({
  sql: z.string().min(1).describe('One SELECT that returns one value'),
  expected_value: z
    .union([z.number(), z.string(), z.boolean(), z.null()])
    .describe('The value it must return; write decimals as text to keep every digit'),
  description: z.string().optional().describe('What the query proves, for people'),
  comparison: z.enum(Object.keys(comparisons) as [Comparison, ...Comparison[]]).default('equal'),
  tolerance: z
    .union([z.number(), z.string()])
    .nullish()
    .describe('Greatest difference that still counts as equal; numbers only'),
});

/** Our own `custom_sql_expectation`: the author's SELECT must return the expected value. */
export const customSql: ExpectationKind<typeof kwargs> = {
  type: 'custom_sql_expectation',
  kwargs,
  needsTable: false,
  check: ({ expected_value, comparison, tolerance }) => {
    const issues: KwargIssue[] = [];
    if (tolerance !== undefined && tolerance !== null) {
      if (!(Number(tolerance) >= 0)) {
        issues.push({ kwarg: 'tolerance', message: `tolerance ${tolerance} is not a number from 0` });
      } else if (expected_value === null || Number.isNaN(Number(expected_value))) {
        issues.push({ kwarg: 'tolerance', message: 'a tolerance needs a number as expected_value' });
      }
    }
    const isOrdered = comparison !== 'equal' && comparison !== 'not_equal';
    if (isOrdered && (expected_value === null || typeof expected_value === 'boolean')) {
      issues.push({ kwarg: 'comparison', message: `"${comparison}" needs a number or text to compare with` });
    }
    return issues;
  },
  columns: () => [],
  title: ({ description, sql }) => description ?? sql.trim().split('\n')[0]?.slice(0, 80) ?? 'custom SQL',
  measure: ({ sql }) => ({ value: { metric: 'user-sql', sql } }),
  judge: ({ expected_value, comparison, tolerance }, measured) => {
    const observed: SqlValue = measured['value'] ?? null;
    const success = compareValues(observed, comparison, expected_value, tolerance ?? null);
    const wanted = `${comparisons[comparison]} ${shown(expected_value)}${tolerance ? ` ± ${tolerance}` : ''}`;
    return {
      success,
      observation: { shape: 'value', observed, details: { expected_value, comparison } },
      sentence: success ? `returned ${shown(observed)}` : `returned ${shown(observed)}, expected ${wanted}`,
    };
  },
  failingRows: ({ sql }) => ({ rows: 'behind-user-sql', sql }),
};
