import type { Statement } from '../sql/index.js';
import type { SqlValue, TableName, WarehouseAdapter } from '../warehouse-adapter.js';

/**
 * What the contract suite needs to know of one engine. Statements are in the engine's own language;
 * the fake has a small one of its own.
 */
export interface AdapterHarness {
  readonly name: string;
  /** A fresh adapter, without wrappers, on a warehouse that holds `table`. */
  open(): Promise<WarehouseAdapter>;
  /** A fresh adapter on an address where nothing answers or nothing lies. */
  openUnreachable(): Promise<WarehouseAdapter>;
  /** Ends servers and removes files after the suite. */
  dispose(): Promise<void>;

  /** A table with columns `id` (integer, primary key), `name` (text, nullable), `amount` (decimal, 2 digits). */
  readonly table: TableName;
  readonly statements: {
    /** Gives the rows `id = 1 … n`, one integer column named `id`. */
    rows(n: number): Statement;
    /** One row, one column per value type, in this order, with these values. */
    everyType: { statement: Statement; expected: readonly SqlValue[] };
    /** Gives back its bound text and bound list length: one row `[text, length]`. */
    echo(text: string | null, list: readonly (string | null)[]): Statement;
    /** Keeps the engine busy for far longer than any test waits. */
    endless: Statement;
    /** Refused by the engine: names a column that is not there. */
    unknownColumn: Statement;
    /** Tries to change the data of `table`, sent as a `plan` statement past every allow-list. */
    write: Statement;
    /** User SQL that may run: reads one number from `table`. */
    userSelect: string;
    /** User SQL that the allow-list must refuse, with a name for the test. */
    refused: readonly { title: string; sql: string }[];
    /** User SQL that counts rows, and the statement that gives the counted rows' number. */
    counting: { sql: string; rows: number };
  };
}
