import { renderForPeople, type SqlDialect } from '../../warehouse/index.js';
import type { MeasurableExpectation, PlannedStatement, SuitePlan } from './plan.js';
import { bundleSql } from './statement-sql.js';

/** A planned statement as people read, copy and run it. */
export function peopleSql(statement: PlannedStatement, plan: SuitePlan, dialect: SqlDialect): string {
  return statement.kind === 'user-sql'
    ? statement.sql
    : renderForPeople(bundleSql(statement, plan.table?.name ?? []), dialect);
}

/** The expectation's own columns of each statement that measures for it. */
export function ownSql(planned: MeasurableExpectation, plan: SuitePlan, dialect: SqlDialect): string {
  const keys = new Set(Object.values(planned.metrics).map((m) => m.key));
  const own = plan.statements.flatMap((statement) => {
    if (statement.kind === 'user-sql') return keys.has(statement.key) ? [statement.sql] : [];
    const columns = statement.columns.filter((c) => keys.has(c.key));
    return columns.length > 0 ? [peopleSql({ ...statement, columns }, plan, dialect)] : [];
  });
  return own.join(';\n');
}
