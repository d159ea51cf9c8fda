import { pairAToBeGreaterThanB } from './column-pair/pair-a-to-be-greater-than-b.js';
import { valuesToBeBetween } from './column-map/values-to-be-between.js';
import { valuesToBeInSet } from './column-map/values-to-be-in-set.js';
import { valuesToBeUnique } from './column-map/values-to-be-unique.js';
import { valuesToMatchRegex } from './column-map/values-to-match-regex.js';
import { valuesToNotBeNull } from './column-map/values-to-not-be-null.js';
import type { ExpectationKind } from './expectation-kind.js';
import { customSql } from './query/custom-sql.js';
import { tableRowCountToBeBetween } from './table/row-count-to-be-between.js';
import { tableRowCountToEqual } from './table/row-count-to-equal.js';

/** Every kind that suites may name; a new kind is one file and one line here. */
const kinds: readonly ExpectationKind[] = [
  pairAToBeGreaterThanB,
  valuesToBeBetween,
  valuesToBeInSet,
  valuesToBeUnique,
  valuesToMatchRegex,
  valuesToNotBeNull,
  tableRowCountToBeBetween,
  tableRowCountToEqual,
  customSql,
];

const byType: ReadonlyMap<string, ExpectationKind> = new Map(kinds.map((kind) => [kind.type, kind]));
if (byType.size !== kinds.length) throw new Error('two expectation kinds have the same type');

export function findKind(type: string): ExpectationKind | undefined {
  return byType.get(type);
}

export function kindTypes(): readonly string[] {
  return [...byType.keys()];
}
