import { describe, expect, it } from 'vitest';
import type { Row, SqlValue } from '../warehouse-adapter.js';
import type { Statement } from '../sql/index.js';
import { QueryRejected } from '../warehouse.errors.js';
import { describeAdapterContract } from './adapter-contract.js';
import { FakeAdapter } from './fake-adapter.js';

const everyType: readonly SqlValue[] = [
  null,
  true,
  1,
  2n ** 60n,
  '1.50',
  0.5,
  'text',
  '{"n": 1.10}',
  [1, null],
  { a: 'b' },
];

function statement(sql: string, parameters: Statement['parameters'] = []): Statement {
  return { sql, parameters, origin: 'plan' };
}

function open(): FakeAdapter {
  return new FakeAdapter().answer('EVERY TYPE', { rows: [everyType] }).addTable({
    name: ['shop', 'main', 'orders'],
    kind: 'table',
    columns: [
      { name: 'id', type: 'INTEGER', category: 'integer', nullable: false },
      { name: 'name', type: 'VARCHAR', category: 'text', nullable: true },
      { name: 'amount', type: 'DECIMAL(18,2)', category: 'decimal', nullable: true },
    ],
    primaryKey: ['id'],
  });
}

describeAdapterContract({
  name: 'The fake',
  open: () => Promise.resolve(open()),
  openUnreachable: () => Promise.resolve(new FakeAdapter({ isUnreachable: true })),
  dispose: () => Promise.resolve(),
  table: ['shop', 'main', 'orders'],
  statements: {
    rows: (n) => statement(`ROWS ${n}`),
    everyType: { statement: statement('EVERY TYPE'), expected: everyType },
    echo: (text, list) => statement('ECHO', [text, list]),
    endless: statement('ENDLESS'),
    unknownColumn: statement('FAIL QueryRejected column "nope" does not exist'),
    write: statement('WRITE'),
    userSelect: 'COUNT ROWS 3',
    refused: [
      { title: 'a write', sql: 'WRITE' },
      { title: 'two statements', sql: 'ROWS 1; ROWS 2' },
    ],
    counting: { sql: 'COUNT ROWS 7', rows: 7 },
  },
});

describe('FakeAdapter', () => {
  it('gives the answer that was registered last', async () => {
    const fake = new FakeAdapter().answer(/^ROWS/, { rows: [[1]] }).answer('ROWS 2', { rows: [['mine']] });
    expect((await fake.query(statement('ROWS 2'))).rows).toEqual([['mine']]);
    expect((await fake.query(statement('ROWS 3'))).rows).toEqual([[1]]);
  });

  it('answers by what the statement carries', async () => {
    const fake = new FakeAdapter().answer(
      ({ origin }) => origin === 'user',
      ({ parameters }) => ({ rows: [[parameters.length]] as Row[] }),
    );
    expect((await fake.query({ sql: 'x', parameters: ['a', null], origin: 'user' })).rows).toEqual([[2]]);
    await expect(fake.query(statement('x'))).rejects.toBeInstanceOf(QueryRejected);
  });

  it('fails with the error it was given', async () => {
    const error = new QueryRejected('as told');
    const fake = new FakeAdapter().answer('x', error);
    await expect(fake.query(statement('x'))).rejects.toBe(error);
  });

  it('remembers what was sent', async () => {
    const fake = new FakeAdapter();
    await fake.query(statement('ROWS 1'));
    await fake.query(statement('ECHO', ['a', []]));
    expect(fake.statements.map(({ sql }) => sql)).toEqual(['ROWS 1', 'ECHO']);
  });

  it('loses its snapshots when told to', async () => {
    const fake = new FakeAdapter();
    const before = await fake.snapshot();
    fake.loseSnapshots();
    expect(before.consistent).toBe(false);
    expect((await fake.snapshot()).consistent).toBe(true);
  });

  it('has no consistent snapshots where its engine has none', async () => {
    const fake = new FakeAdapter({ capabilities: { snapshot: false } });
    expect((await fake.snapshot()).consistent).toBe(false);
  });
});
