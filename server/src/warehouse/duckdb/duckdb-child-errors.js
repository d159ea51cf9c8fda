// @ts-check
/** @import { EngineError } from './duckdb-protocol.js' */

/**
 * The engine's error as fields. With `errors_as_json` the message is a JSON document; for syntax errors it stands
 * after a `Parser Error: `. What is no such document comes from the driver, not from the engine.
 *
 * @param {unknown} error
 * @returns {EngineError}
 */
export function toEngineError(error) {
  const text = error instanceof Error ? error.message : String(error);
  const start = text.indexOf('{"exception_type"');
  if (start >= 0) {
    try {
      const { exception_type: kind, exception_message: message, ...details } = JSON.parse(text.slice(start));
      return { kind: String(kind), message: String(message), details };
    } catch {
      // Cut off or wrapped: the text is then all there is.
    }
  }
  const own = /** @type {{ kind?: unknown, details?: Record<string, string> }} */ (error);
  return {
    kind: typeof own?.kind === 'string' ? own.kind : 'Driver',
    message: text,
    details: own?.details ?? {},
  };
}
