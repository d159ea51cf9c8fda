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
  try {
    return isJson ? readJson(body) : readYaml(body);
  } catch (error) {
    // The parsers are recursive; no honest suite is thousands of levels deep.
    if (!(error instanceof RangeError)) throw error;
    return { issues: [{ path: '', line: 1, message: 'the file is nested too deeply' }] };
  }
}
