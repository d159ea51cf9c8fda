import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, the same from `src` and from `dist`. */
const root = fileURLToPath(new URL('../../../', import.meta.url));

export const seedsDirectory = path.join(root, 'seeds');
export const suitesDirectory = path.join(root, 'suites');

/** Suite files below the directory, in order of their paths. */
export function suiteFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|ya?ml)$/.test(name))
    .sort()
    .map((name) => path.join(directory, name));
}
