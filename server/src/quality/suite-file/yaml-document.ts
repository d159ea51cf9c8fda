import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Issue } from '../../platform/errors/index.js';
import type { DocumentPath, SourceDocument } from './source-document.js';

/** YAML 1.2 core schema: dates stay text, `yes` is a word. */
export function readYaml(text: string): { document: SourceDocument } | { issues: Issue[] } {
  const lineCounter = new LineCounter();
  const parsed = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  if (parsed.errors.length > 0) {
    return {
      issues: parsed.errors.map((e) => ({
        path: '',
        line: lineCounter.linePos(e.pos[0]).line,
        message: `broken YAML: ${e.message}`,
      })),
    };
  }
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
