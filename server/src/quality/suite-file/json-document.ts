import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Issue } from '../../platform/errors/index.js';
import { numberLiteral } from '../values/scalar.js';
import type { DocumentPath, SourceDocument } from './source-document.js';

/** Plain JSON: no comments, no trailing commas, no key twice. */
export function readJson(text: string): { document: SourceDocument } | { issues: Issue[] } {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const lines = lineCounter(text);
  const issues: Issue[] = errors.map((e) => ({
    path: '',
    line: lines(e.offset),
    message: `broken JSON: ${words(printParseErrorCode(e.error))} at ${excerpt(text, e.offset)}`,
  }));
  if (!tree)
    return { issues: issues.length > 0 ? issues : [{ path: '', line: 1, message: 'the file is empty' }] };
  const value = toValue(tree, text, (key, node) =>
    issues.push({
      path: '',
      line: lines(node.offset),
      message: `the key "${key}" stands twice in one object`,
    }),
  );
  if (issues.length > 0) return { issues };
  const lineOf = (path: DocumentPath): number => {
    for (let length = path.length; length > 0; length--) {
      const node = findNodeAtLocation(tree, path.slice(0, length));
      // A property is where its key stands: a long value may begin on the next line.
      if (node) return lines((node.parent?.type === 'property' ? node.parent : node).offset);
    }
    return lines(tree.offset);
  };
  return { document: { value, lineOf } };
}

function toValue(node: Node, text: string, twice: (key: string, node: Node) => void): unknown {
  switch (node.type) {
    case 'object': {
      const entries = new Map<string, unknown>();
      for (const property of node.children ?? []) {
        const [name, value] = property.children ?? [];
        const key = String(name?.value);
        if (entries.has(key)) twice(key, property);
        entries.set(key, value && toValue(value, text, twice));
      }
      return Object.fromEntries(entries);
    }
    case 'array':
      return (node.children ?? []).map((child) => toValue(child, text, twice));
    case 'number':
      return numberLiteral(text.slice(node.offset, node.offset + node.length));
    case 'string':
    case 'boolean':
    case 'null':
    case 'property':
      return node.value as unknown;
  }
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

const words = (code: string): string => code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

function excerpt(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 20).split('\n')[0] ?? '';
  return rest ? JSON.stringify(rest) : 'the end of the line';
}
