import { isNode, LineCounter, parseDocument, visit } from 'yaml';
import type { Issue } from '../../platform/errors/index.js';
import { isNumeric, numberLiteral } from '../values/scalar.js';
import type { DocumentPath, SourceDocument } from './source-document.js';

/** YAML 1.2 core schema: dates stay text, `yes` is a word. */
export function readYaml(text: string): { document: SourceDocument } | { issues: Issue[] } {
  const lineCounter = new LineCounter();
  const parsed = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true, merge: true });
  if (parsed.errors.length > 0) {
    return {
      issues: parsed.errors.map((e) => ({
        path: '',
        line: lineCounter.linePos(e.pos[0]).line,
        message: `broken YAML: ${e.message}`,
      })),
    };
  }
  visit(parsed, {
    Scalar: (_, node) => {
      // Infinities and octal numbers have no decimal literal to keep.
      if (typeof node.value === 'number' && node.source !== undefined && isNumeric(node.source)) {
        node.value = numberLiteral(node.source);
      }
    },
  });
  let value: unknown;
  try {
    value = parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { issues: [{ path: '', line: 1, message: `broken YAML: ${reason}` }] };
  }
  if (value === null || value === undefined) {
    return { issues: [{ path: '', line: 1, message: 'the file is empty' }] };
  }
  const lineOf = (path: DocumentPath): number => {
    for (let length = path.length; length > 0; length--) {
      const node: unknown = parsed.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
    }
    return 1;
  };
  return { document: { value, lineOf } };
}
