import type { Scalar } from '../values/scalar.js';

/** Which rows an expectation is about. */
export type RowCondition =
  | { kind: 'comparison'; column: string; operator: ComparisonOperator; value: Scalar }
  | { kind: 'membership'; column: string; isIn: boolean; values: readonly Scalar[] }
  | { kind: 'nullity'; column: string; isNull: boolean }
  | { kind: 'all' | 'any'; conditions: readonly RowCondition[] }
  /** The author's own SQL condition, in the warehouse's dialect. */
  | { kind: 'sql'; text: string };

export const comparisonOperators = ['==', '!=', '<', '<=', '>', '>='] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

/** Why what was written is no condition. */
export interface ConditionRefused {
  reason: string;
  suggestion?: string;
}

/** Columns that the condition names; those in the author's own SQL are the engine's business. */
export function conditionColumns(condition: RowCondition): readonly string[] {
  switch (condition.kind) {
    case 'sql':
      return [];
    case 'all':
    case 'any':
      return condition.conditions.flatMap(conditionColumns);
    case 'comparison':
    case 'membership':
    case 'nullity':
      return [condition.column];
  }
}
