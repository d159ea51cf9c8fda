import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import type { Issue } from '../../platform/errors/index.js';

/** SQL that a world is built from, in its place in the order. */
export interface WorldStep {
  /** What a person reads while it runs. */
  title: string;
  /** Relative to the world's directory. */
  file: string;
}

/** A demo world as its `world.yaml` declares it. */
export interface WorldManifest {
  name: string;
  title: string;
  /** The folder with `world.yaml` and the steps. */
  directory: string;
  /** The catalog that is opened first; the others are attached beside it. */
  main: string;
  /** Catalog name to its file, `<catalog>.duckdb`. */
  catalogs: Readonly<Record<string, string>>;
  steps: readonly WorldStep[];
  /** The demo clock, RFC 3339: relative periods count back from here. */
  asOf: string;
}

/** Names that the engine keeps for itself: the builder's own working tables live in `memory`. */
const reservedCatalogs = ['memory', 'system', 'temp'];

const catalogName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'a catalog name is lower case letters, digits and _, and begins with a letter')
  .refine((name) => !reservedCatalogs.includes(name), 'the engine keeps this name for itself');

const manifestSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a world name is lower case letters, digits and -'),
  title: z.string().min(1),
  main: z.string(),
  as_of: z.iso.datetime({ offset: true, error: 'write an RFC 3339 time with zone: 2026-01-01T00:00:00Z' }),
  catalogs: z.record(catalogName, z.string()),
  steps: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        file: z
          .string()
          .regex(/^[^/\\].*\.sql$/, 'a step is a .sql file, relative to the folder of world.yaml'),
      }),
    )
    .min(1, 'a world has at least one step'),
});

type RawManifest = z.infer<typeof manifestSchema>;
type Path = readonly (string | number)[];

export interface ParsedManifest {
  /** Undefined when its shape is wrong; the issues say where. */
  manifest: Omit<WorldManifest, 'directory'> | undefined;
  issues: readonly Issue[];
  lineOf(path: Path): number | undefined;
}

/** Judges the text alone; whether the step files exist is the reader's to say. */
export function parseWorldManifest(text: string, directoryName: string): ParsedManifest {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (path: Path): number | undefined => lineOfNode(document, lines, path);
  if (document.errors.length > 0) {
    const issues = document.errors.map((e) => ({
      path: '',
      line: lines.linePos(e.pos[0]).line,
      message: e.message.split('\n')[0] ?? e.code,
    }));
    return { manifest: undefined, issues, lineOf };
  }
  const parsed = manifestSchema.safeParse(document.toJS());
  const found = parsed.success
    ? contradictions(parsed.data, directoryName)
    : parsed.error.issues.map((i) => ({
        path: i.path.map((p) => (typeof p === 'number' ? p : String(p))),
        message: i.message,
      }));
  const issues = found.map(({ path, ...rest }) => ({ path: pointer(path), line: lineOf(path), ...rest }));
  if (!parsed.success || issues.length > 0) return { manifest: undefined, issues, lineOf };
  const { as_of: asOf, ...rest } = parsed.data;
  return { manifest: { ...rest, asOf }, issues, lineOf };
}

function contradictions(
  manifest: RawManifest,
  directoryName: string,
): { path: Path; message: string; suggestion?: string }[] {
  const found: { path: Path; message: string; suggestion?: string }[] = [];
  if (manifest.name !== directoryName)
    found.push({
      path: ['name'],
      message: `the world is named '${manifest.name}' and its folder '${directoryName}'`,
      suggestion: 'give both the same name',
    });
  const catalogs = Object.keys(manifest.catalogs);
  if (!catalogs.includes(manifest.main))
    found.push({
      path: ['main'],
      message: `'${manifest.main}' is none of the catalogs`,
      suggestion: `one of: ${catalogs.join(', ')}`,
    });
  for (const [name, file] of Object.entries(manifest.catalogs))
    if (file !== `${name}.duckdb`)
      found.push({
        path: ['catalogs', name],
        message: `catalog '${name}' lies in '${file}'; a file is named after its catalog`,
        suggestion: `write ${name}.duckdb`,
      });
  return found;
}

/** The line of the node, or of the nearest one around it that exists. */
function lineOfNode(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return lines.linePos(Number(node.range[0])).line;
  }
  return undefined;
}

function pointer(path: Path): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
}
