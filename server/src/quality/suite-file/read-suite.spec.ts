import { describe, expect, it } from 'vitest';
import { InputInvalid, type Issue } from '../../platform/errors/index.js';
import { duckDbCapabilities } from '../../warehouse/duckdb/duckdb-capabilities.js';
import type { Suite } from '../suite.js';
import { readSuite } from './read-suite.js';

const read = (text: string, fileName = 'suite.json', parameters = {}): Suite =>
  readSuite(text, { fileName, parameters, capabilities: duckDbCapabilities });

function issuesOf(text: string, fileName = 'suite.json'): readonly Issue[] {
  try {
    read(text, fileName);
  } catch (error) {
    if (error instanceof InputInvalid) return error.issues;
    throw error;
  }
  return [];
}

const withExpectations = (...expectations: unknown[]): string =>
  JSON.stringify({ name: 's', expectations }, null, 2);

describe('readSuite', () => {
  it('reads a suite of Great Expectations 0.18', () => {
    const suite = read(
      JSON.stringify({
        data_asset_type: null,
        expectation_suite_name: 'taxi',
        ge_cloud_id: null,
        expectations: [
          { expectation_type: 'expect_column_values_to_not_be_null', kwargs: { column: 'id' }, meta: {} },
        ],
        meta: { great_expectations_version: '0.18.21' },
      }),
    );
    expect(suite.name).toBe('taxi');
    expect(suite.expectations).toMatchObject([
      {
        type: 'expect_column_values_to_not_be_null',
        bound: { kwargs: { column: 'id', mostly: 1 } },
        severity: 'critical',
      },
    ]);
  });

  it('reads a suite of Great Expectations 1.x with notes and severity', () => {
    const suite = read(
      withExpectations({
        type: 'expect_column_values_to_be_between',
        kwargs: { column: 'x', min_value: 0, max_value: null },
        notes: ['why'],
        severity: 'warning',
        id: 'c8c1',
      }),
    );
    expect(suite.expectations[0]).toMatchObject({
      severity: 'warning',
      meta: { notes: ['why'] },
      bound: { kwargs: { min_value: 0, max_value: null, strict_min: false } },
    });
  });

  it('reads YAML, takes the table and the key from meta', () => {
    const suite = read(
      [
        'name: s',
        'meta: { table: analytics.facts."a.b", key: [id] }',
        'expectations:',
        '  - type: expect_table_row_count_to_be_between',
        '    kwargs: { min_value: 1 }',
      ].join('\n'),
      'suite.yaml',
    );
    expect(suite).toMatchObject({ table: ['analytics', 'facts', 'a.b'], key: ['id'] });
    expect(suite.expectations[0]?.line).toBe(4);
  });

  it('replaces parameters anywhere in kwargs, the given ones before the suite’s own', () => {
    const text = JSON.stringify({
      name: 's',
      suite_parameters: { low: 1, set: ['a'] },
      expectations: [
        {
          type: 'expect_column_values_to_be_between',
          kwargs: { column: 'x', min_value: { $PARAMETER: 'low' } },
        },
        {
          type: 'expect_column_values_to_be_in_set',
          kwargs: { column: 'x', value_set: { $PARAMETER: 'set' } },
        },
      ],
    });
    const suite = read(text, 's.json', { low: 5 });
    expect(suite.expectations.map((e) => e.bound.kwargs)).toMatchObject([
      { min_value: 5 },
      { value_set: ['a'] },
    ]);
  });

  it('reports everything that is wrong at once, each with path, line and the nearest name', () => {
    const text = `{
  "name": "s",
  "expectations": [
    { "type": "expect_column_values_to_be_betwen", "kwargs": { "column": "x" } },
    { "type": "expect_column_values_to_be_between",
      "kwargs": {
        "column": "x",
        "min_valeu": 1,
        "max_value": 3
      } },
    { "type": "expect_column_values_to_be_between",
      "kwargs": { "column": "x", "min_value": 5, "max_value": 3 } },
    { "type": "expect_column_values_to_match_regex", "kwargs": { "column": "x", "regex": "([a-z" } },
    { "type": "expect_column_values_to_not_be_null", "kwargs": {} },
    { "type": "expect_column_values_to_not_be_null", "kwargs": { "column": "x", "mostly": 1.5 } },
    { "type": "expect_column_values_to_not_be_null", "kwargs": { "column": "x" }, "severity": "blocker" },
    { "type": "expect_column_values_to_not_be_null",
      "kwargs": { "column": "x", "row_condition": "col(\\"y\\") >", "condition_parser": "great_expectations" } },
    { "type": "expect_column_values_to_not_be_null",
      "kwargs": { "column": { "$PARAMETER": "colunm" } } }
  ]
}`;
    expect(
      issuesOf(text).map(({ path, line, message, suggestion }) => [line, path, message, suggestion]),
    ).toEqual([
      [
        4,
        'expectations[0].type',
        'unknown expectation "expect_column_values_to_be_betwen"',
        'did you mean "expect_column_values_to_be_between"?',
      ],
      [
        8,
        'expectations[1].kwargs.min_valeu',
        'expect_column_values_to_be_between has no kwarg "min_valeu"',
        'did you mean "min_value"?',
      ],
      [12, 'expectations[2].kwargs.min_value', 'min_value 5 is greater than max_value 3', 'swap them'],
      [13, 'expectations[3].kwargs.regex', expect.stringContaining('invalid regular expression'), undefined],
      [
        14,
        'expectations[4].kwargs',
        'expect_column_values_to_not_be_null needs the kwarg "column"',
        undefined,
      ],
      [15, 'expectations[5].kwargs.mostly', expect.stringContaining('<=1'), undefined],
      [16, 'expectations[6].severity', 'unknown severity "blocker"', 'one of critical, warning, info'],
      [
        18,
        'expectations[7].kwargs.row_condition',
        expect.stringContaining('is not one comparison'),
        expect.any(String),
      ],
      [
        20,
        'expectations[8].kwargs.column',
        'parameter "colunm" has no value',
        'give it with --parameter colunm=VALUE',
      ],
    ]);
  });

  it.each([
    ['broken JSON', 'suite.json', '{ "name": "s", "expectations": [ }', 1, /broken JSON/],
    ['a comment in JSON', 'suite.json', '{\n// no\n"name": "s", "expectations": [] }', 2, /broken JSON/],
    ['broken YAML', 'suite.yaml', 'name: s\nexpectations: [', 2, /broken YAML/],
    ['an empty file', 'suite.yaml', '', 1, /empty/],
    ['an empty JSON file', 'suite.json', '', 1, /broken JSON|empty/],
    ['YAML that multiplies itself', 'suite.yaml', billionLaughs(), 1, /broken YAML/],
    ['a list', 'suite.json', '[]', 1, /a suite is an object/],
    ['a misspelled list', 'suite.json', '{"name":"s","expectatons":[]}', 1, /unknown key "expectatons"/],
    ['no name', 'suite.json', '{"expectations":[]}', 1, /has no name/],
    [
      'a table that is none',
      'suite.json',
      '{"name":"s","table":"a.b.c.d","expectations":[]}',
      1,
      /no table name/,
    ],
  ])('says what is wrong with %s', (_, fileName, text, line, message) => {
    const issues = issuesOf(text, fileName);
    expect(issues[0]?.message).toMatch(message);
    expect(issues[0]?.line).toBe(line);
  });

  it('takes keys of other tools in silence', () => {
    expect(issuesOf('{"name":"s","expectations":[],"x_team":"billing"}')).toEqual([]);
  });
});

function billionLaughs(): string {
  const levels = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [name, below] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => [...pair])) {
    levels.push(`${name}: &${name} [${Array(10).fill(`*${below}`).join(', ')}]`);
  }
  return levels.join('\n');
}
