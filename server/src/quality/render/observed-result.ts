import type { Observation } from '../expectation-kinds/expectation-kind.js';
import type { ExpectationResult, FailingRowsRead } from '../run/suite-run.js';
import { resultFormats, type ResultFormat } from '../suite.js';
import { jsonValue } from '../values/json-value.js';

type Rows = Extract<Observation, { shape: 'rows' }>;

const atLeast = (format: ResultFormat, level: ResultFormat): boolean =>
  resultFormats.indexOf(format) >= resultFormats.indexOf(level);

/** The `result` object of Great Expectations 1.x for the result format at hand. */
export function observedResult(result: ExpectationResult): Record<string, unknown> {
  const { judgement, format } = result;
  if (!judgement || format === 'BOOLEAN_ONLY') return {};
  const { observation } = judgement;
  return observation.shape === 'rows' ? rowsResult(result, observation) : valueResult(result, observation);
}

function valueResult(
  { failingRows }: ExpectationResult,
  { observed, details }: Extract<Observation, { shape: 'value' }>,
): Record<string, unknown> {
  const unexpectedRows = failingRows ? { unexpected_rows: rowObjects(failingRows) } : {};
  const all = { ...details, ...unexpectedRows };
  return { observed_value: jsonValue(observed), ...(Object.keys(all).length > 0 ? { details: all } : {}) };
}

function rowsResult(result: ExpectationResult, observation: Rows): Record<string, unknown> {
  const { counts, ignoresRows } = observation;
  const { failingRows, format, indexColumns, partialCount } = result;
  const judged = counts.rows - counts.ignored;
  const percent = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole);
  const values = failingRows ? domainValues(failingRows) : [];
  const index = failingRows && indexColumns ? indexRows(failingRows, indexColumns) : [];
  return {
    element_count: counts.rows,
    unexpected_count: counts.unexpected,
    unexpected_percent: percent(counts.unexpected, judged),
    partial_unexpected_list: values.slice(0, partialCount),
    ...(ignoresRows
      ? {
          ...(indexColumns ? { unexpected_index_column_names: indexColumns } : {}),
          missing_count: counts.ignored,
          missing_percent: percent(counts.ignored, counts.rows),
          unexpected_percent_total: percent(counts.unexpected, counts.rows),
          unexpected_percent_nonmissing: percent(counts.unexpected, judged),
        }
      : {}),
    ...(atLeast(format, 'SUMMARY')
      ? {
          partial_unexpected_counts: valueCounts(
            atLeast(format, 'COMPLETE') ? values : values.slice(0, partialCount),
          ),
          ...(indexColumns ? { partial_unexpected_index_list: index.slice(0, partialCount) } : {}),
        }
      : {}),
    ...(atLeast(format, 'COMPLETE')
      ? {
          unexpected_list: values,
          ...(indexColumns ? { unexpected_index_list: index } : {}),
          ...(failingRows ? { unexpected_index_query: failingRows.sql } : {}),
        }
      : {}),
  };
}

export function rowObjects({ columns, rows }: FailingRowsRead): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, jsonValue(row[i] ?? null)])));
}

/** The judged value of each failing row, or the list of them where the domain has several columns. */
function domainValues(failing: FailingRowsRead): unknown[] {
  const at = failing.domain.map((name) => failing.columns.indexOf(name));
  return failing.rows.map((row) => {
    const values = at.map((i) => jsonValue(row[i] ?? null));
    return values.length === 1 ? values[0] : values;
  });
}

function indexRows(failing: FailingRowsRead, indexColumns: readonly string[]): Record<string, unknown>[] {
  const wanted = new Set([...indexColumns, ...failing.domain]);
  return rowObjects(failing).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has(name))),
  );
}

/** Most frequent first, then by value. */
function valueCounts(values: readonly unknown[]): { value: unknown; count: number }[] {
  const counts = new Map<string, { value: unknown; count: number }>();
  for (const value of values) {
    const key = JSON.stringify(value);
    const entry = counts.get(key) ?? { value, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
    .map(([, entry]) => entry);
}
