import type { Issue } from '../../platform/errors/index.js';
import { readJson } from './json-document.js';
import type { SourceDocument } from './source-document.js';
import { readYaml } from './yaml-document.js';

/** JSON by the extension or the first character, YAML otherwise. All syntax errors at once. */
export function readDocument(
  text: string,
  fileName: string,
): { document: SourceDocument } | { issues: Issue[] } {
  const body = text.replace(/^\uFEFF/, '');
  const isJson = /\.json$/i.test(fileName) || (!/\.ya?ml$/i.test(fileName) && /^\s*[{[]/.test(body));
  return isJson ? readJson(body) : readYaml(body);
}
