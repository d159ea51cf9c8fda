import { call, sql, type SqlFragment } from '../../warehouse/index.js';

export const countOfRows = sql`COUNT(*)`;

/** How many rows meet the condition; NULL does not. */
export const toCount = (condition: SqlFragment): SqlFragment => call('countIf', condition);
