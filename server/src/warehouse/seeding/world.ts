import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, normalize, sep } from 'node:path';
import { InputInvalid, type Issue } from '../../platform/errors/index.js';
import { nearest } from '../../platform/text/index.js';
import { parseWorldManifest, type WorldManifest } from './world-manifest.js';

const manifestFile = 'world.yaml';

/** @throws InputInvalid with every issue of the manifest, missing step files included. */
export async function readWorld(directory: string): Promise<WorldManifest> {
  const path = join(directory, manifestFile);
  const parsed = parseWorldManifest(await readFile(path, 'utf8'), basename(directory));
  const issues: Issue[] = [...parsed.issues];
  for (const [i, step] of (parsed.manifest?.steps ?? []).entries()) {
    const problem = await stepFileProblem(directory, step.file);
    if (problem)
      issues.push({ path: `steps[${i}].file`, line: parsed.lineOf(['steps', i, 'file']), ...problem });
  }
  if (!parsed.manifest || issues.length > 0) throw new InputInvalid(path, issues);
  return { ...parsed.manifest, directory };
}

/** Every world of the folder, by name. @throws InputInvalid as `readWorld` does. */
export async function listWorlds(seedsDirectory: string): Promise<readonly WorldManifest[]> {
  const worlds: WorldManifest[] = [];
  for (const name of await worldNames(seedsDirectory))
    worlds.push(await readWorld(join(seedsDirectory, name)));
  return worlds;
}

async function worldNames(seedsDirectory: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(seedsDirectory, { withFileTypes: true })) {
    if (entry.isDirectory() && (await isFile(join(seedsDirectory, entry.name, manifestFile))))
      names.push(entry.name);
  }
  return names.sort();
}

async function stepFileProblem(
  directory: string,
  file: string,
): Promise<{ message: string; suggestion: string } | undefined> {
  if (normalize(file).split(sep)[0] === '..')
    return {
      message: `'${file}' lies outside the world's folder`,
      suggestion: 'name a file below the folder of world.yaml',
    };
  if (await isFile(join(directory, file))) return undefined;
  const meant = nearest(
    file,
    (await readdir(directory)).filter((name) => name.endsWith('.sql')),
  );
  return {
    message: `there is no file '${file}' in ${directory}`,
    suggestion: meant ? `did you mean '${meant}'?` : 'create it, or remove the step',
  };
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
