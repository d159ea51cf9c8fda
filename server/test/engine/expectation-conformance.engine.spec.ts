import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputInvalid } from '../../src/platform/errors/index.js';
import { kindTypes, readSuite, runSuite, validationResult } from '../../src/quality/index.js';
import type { WarehouseAdapter } from '../../src/warehouse/index.js';
import {
  agrees,
  caseStatements,
  conformanceCases,
  conformanceIsHere,
  type ConformanceCase,
} from '../support/conformance-cases.js';
import { startTestEngine, testEngines, type TestEngine } from '../support/test-engines.js';

/** `tz_naive/1/23` wants an error for integers compared with integers: its column was text before it was made INTEGER. */
const cases = conformanceCases(kindTypes()).filter(
  (c) => c.id !== 'expect_column_values_to_be_between_tz_naive/1/23',
);

interface Result {
  success: boolean;
  result: Record<string, unknown>;
  exception_info: { raised_exception: boolean };
}

async function judge(
  c: ConformanceCase,
  schema: string,
  adapter: WarehouseAdapter,
): Promise<Result | 'issue'> {
  try {
    const text = JSON.stringify({ name: c.id, expectations: [c.expectation] });
    const suite = readSuite(text, { fileName: 'case.json', capabilities: adapter.capabilities });
    const run = await runSuite(suite, adapter, {
      table: [schema, c.tables[0]?.name ?? 't'],
      resultFormat: 'COMPLETE',
      ...(c.unexpected_index_column_names ? { indexColumns: c.unexpected_index_column_names } : {}),
    });
    return (validationResult(run)['results'] as Result[])[0] as Result;
  } catch (error) {
    if (error instanceof InputInvalid) return 'issue';
    throw error;
  }
}

describe.each(conformanceIsHere ? testEngines : [])('Great Expectations’ own cases on %s', (name) => {
  let engine: TestEngine;
  let adapter: WarehouseAdapter;
  const schemaOf = new Map(cases.map((c, i) => [c.id, `case_${i}`]));

  beforeAll(async () => {
    const statements = cases.flatMap((c) => caseStatements(schemaOf.get(c.id) ?? '', c));
    engine = await startTestEngine(name, statements);
    adapter = await engine.open();
  });
  afterAll(async () => {
    await adapter.close();
    await engine.dispose();
  });

  it.each(cases.map((c) => [c.id, c.title, c] as const))('%s %s', async (id, _title, c) => {
    const result = await judge(c, schemaOf.get(id) ?? '', adapter);
    const { traceback_substring: raises, success, result: whole, ...parts } = c.expected;
    if (c.error !== undefined || raises !== undefined) {
      expect(result === 'issue' || result.exception_info.raised_exception).toBe(true);
      return;
    }
    if (result === 'issue') throw new Error('the suite was refused');
    expect(result.exception_info.raised_exception).toBe(false);
    expect(result.success).toBe(success);
    const expected = c.exact ? { whole } : parts;
    const actual: Record<string, unknown> = c.exact ? { whole: result.result } : result.result;
    for (const [key, value] of Object.entries(expected)) {
      if (!agrees(actual[key], value, c.tolerance)) expect(actual[key]).toEqual(value);
    }
  });
});

if (!conformanceIsHere) {
  it('finds no third-party cases beside this checkout, so they were not run', () => {
    expect(cases).toEqual([]);
  });
}
