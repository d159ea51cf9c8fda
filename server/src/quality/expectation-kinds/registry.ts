import type { AnyExpectationKind } from './expectation-kind.js';
import { pairAToBeGreaterThanB } from './column-pair/pair-a-to-be-greater-than-b.js';
import { valuesToBeBetween } from './column-map/values-to-be-between.js';
import { valuesToBeInSet } from './column-map/values-to-be-in-set.js';
import { valuesToBeUnique } from './column-map/values-to-be-unique.js';
import { valuesToMatchRegex } from './column-map/values-to-match-regex.js';
import { valuesToNotBeNull } from './column-map/values-to-not-be-null.js';
import { customSql } from './query/custom-sql.js';
import { tableRowCountToBeBetween } from './table/row-count-to-be-between.js';
import { tableRowCountToEqual } from './table/row-count-to-equal.js';

/** Every kind that suites may name; a new kind is one file and one line here. */
const kinds = [
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

const byType: ReadonlyMap<string, AnyExpectationKind> = new Map(
  kinds.map((kind) => [kind.type, kind as unknown as AnyExpectationKind]),
);

export function findKind(type: string): AnyExpectationKind | undefined {
  return byType.get(type);
}

export function kindTypes(): readonly string[] {
  return [...byType.keys()];
}
