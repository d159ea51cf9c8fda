import { isRecord } from '../../platform/text/index.js';
import { isNumeric, numberLiteral, type Scalar } from '../values/scalar.js';
import {
  comparisonOperators,
  type ComparisonOperator,
  type ConditionRefused,
  type RowCondition,
} from './row-condition.js';

/**
 * Reads what a suite writes as `row_condition`: a text (Great Expectations' `col("x") >= 5`, `col("x").notNull()`
 * where it begins with `col(` or the parser is named, otherwise SQL), or the condition objects of its newer releases.
 */
export function parseRowCondition(written: unknown, parser?: unknown): RowCondition | ConditionRefused {
  if (parser === 'pandas' || parser === 'spark') {
    return {
      reason: `condition_parser "${parser}" is that engine's own code and cannot run in a warehouse`,
      suggestion: 'write col("x") > 5 with condition_parser great_expectations, or a SQL condition',
    };
  }
  if (isRecord(written)) return parseObject(written, 0);
  if (typeof written !== 'string') return { reason: 'a row condition is a text or a condition object' };
  if (written.trim() === '') return { reason: 'the condition is empty' };
  const isNamed = typeof parser === 'string' && parser.startsWith('great_expectations');
  return isNamed || /^\s*col\s*\(/.test(written) ? parseComparison(written) : { kind: 'sql', text: written };
}

const column = String.raw`\s*col\(\s*(?:"([^"]+)"|'([^']+)')\s*\)`;
const notNull = new RegExp(String.raw`^${column}\.notnull\(\s*\)\s*$`, 'i');
const comparison = new RegExp(String.raw`^${column}\s*(==|!=|<=|>=|<|>)\s*(.+?)\s*$`, 's');

function parseComparison(text: string): RowCondition | ConditionRefused {
  const present = notNull.exec(text);
  if (present) return { kind: 'nullity', column: present[1] ?? present[2] ?? '', isNull: false };
  const match = comparison.exec(text);
  const value = match ? literal(match[4] ?? '') : undefined;
  if (!match || value === undefined) {
    return {
      reason: `the condition ${JSON.stringify(text)} is not one comparison`,
      suggestion: 'write for example col("status") == "paid", col("amount") >= 5 or col("id").notNull()',
    };
  }
  return {
    kind: 'comparison',
    column: match[1] ?? match[2] ?? '',
    operator: match[3] as ComparisonOperator,
    value,
  };
}

function literal(text: string): Scalar | undefined {
  const quoted = /^(?:date\(\s*)?(?:"([^"]*)"|'([^']*)')\s*(\))?$/.exec(text);
  if (quoted && text.startsWith('date(') === (quoted[3] === ')')) return quoted[1] ?? quoted[2];
  const number = text.replace(/^\+/, '').replace(/\.$/, '');
  if (isNumeric(number)) return numberLiteral(number);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return undefined;
}

const deepest = 20;

/** `{"type": "comparison", "column": {"name": "x"}, "operator": ">=", "parameter": 5}`, `nullity`, `and`, `or`. */
function parseObject(written: Record<string, unknown>, depth: number): RowCondition | ConditionRefused {
  if (depth > deepest) return { reason: `the condition is nested deeper than ${deepest} levels` };
  const name = isRecord(written['column']) ? written['column']['name'] : undefined;
  switch (written['type']) {
    case 'and':
    case 'or': {
      const parts = Array.isArray(written['conditions']) ? (written['conditions'] as unknown[]) : [];
      if (parts.length === 0) return { reason: `"${written['type']}" needs a list "conditions"` };
      const conditions: RowCondition[] = [];
      for (const part of parts) {
        const parsed = isRecord(part)
          ? parseObject(part, depth + 1)
          : { reason: 'each of "conditions" is a condition object' };
        if ('reason' in parsed) return parsed;
        conditions.push(parsed);
      }
      return { kind: written['type'] === 'and' ? 'all' : 'any', conditions };
    }
    case 'nullity':
      if (typeof name !== 'string') return { reason: 'the condition names no column' };
      return { kind: 'nullity', column: name, isNull: written['is_null'] === true };
    case 'comparison':
      if (typeof name !== 'string') return { reason: 'the condition names no column' };
      return parseComparisonObject(name, written['operator'], written['parameter']);
    default:
      return {
        reason: `unknown condition type ${JSON.stringify(written['type'])}`,
        suggestion: 'one of comparison, nullity, and, or',
      };
  }
}

function parseComparisonObject(
  columnName: string,
  operator: unknown,
  value: unknown,
): RowCondition | ConditionRefused {
  if (operator === 'IN' || operator === 'NOT_IN' || operator === 'NOT IN') {
    const values = Array.isArray(value) ? (value as unknown[]) : [];
    return values.length > 0 && values.every(isScalar)
      ? { kind: 'membership', column: columnName, isIn: operator === 'IN', values }
      : { reason: `the operator ${operator} needs a list of values` };
  }
  const known = comparisonOperators.find((o) => o === operator);
  if (!known) return { reason: `unknown operator ${JSON.stringify(operator)}` };
  return isScalar(value)
    ? { kind: 'comparison', column: columnName, operator: known, value }
    : {
        reason: `the operator ${known} needs a value`,
        suggestion: 'for NULL write a condition of type nullity',
      };
}

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);
