import type { Engine } from '../engine.js';
import type { DialectCalls, ParameterType, SqlFragment } from './sql-fragment.js';

/** Only what differs between engines. */
export interface SqlDialect {
  readonly engine: Engine;
  quoteIdentifier(name: string): string;
  /** `$3`, `?`. */
  placeholder(position: number): string;
  typeName(type: ParameterType): string;
  /** A text literal, quoted so that the engine reads back exactly this text. */
  quoteText(text: string): string;
  /** A list of bound text values as an array of `type`, from one placeholder. */
  listFromPlaceholder(placeholder: string, type: ParameterType): string;
  /** The same list written out, for the SQL that people copy. */
  listLiteral(values: readonly (string | null)[], type: ParameterType): string;
  readonly calls: { readonly [C in keyof DialectCalls]: (...args: DialectCalls[C]) => SqlFragment };
}
