import {
  findNodeAtLocation,
  parseTree,
  getNodeValue,
  printParseErrorCode,
  type ParseError,
} from 'jsonc-parser';
import type { Issue } from '../../platform/errors/index.js';
import type { DocumentPath, SourceDocument } from './source-document.js';

/** Plain JSON: no comments, no trailing commas. */
export function readJson(text: string): { document: SourceDocument } | { issues: Issue[] } {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const lines = lineCounter(text);
  if (errors.length > 0 || !tree) {
    const found = errors.map((e) => ({
      path: '',
      line: lines(e.offset),
      message: `broken JSON: ${words(printParseErrorCode(e.error))} at ${excerpt(text, e.offset)}`,
    }));
    return { issues: found.length > 0 ? found : [{ path: '', line: 1, message: 'the file is empty' }] };
  }
  const lineOf = (path: DocumentPath): number => {
    for (let length = path.length; length > 0; length--) {
      const node = findNodeAtLocation(tree, path.slice(0, length));
      // A property is where its key stands: a long value may begin on the next line.
      if (node) return lines((node.parent?.type === 'property' ? node.parent : node).offset);
    }
    return lines(tree.offset);
  };
  return { document: { value: getNodeValue(tree) as unknown, lineOf } };
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
