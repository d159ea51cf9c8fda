import { runAssay } from './assay.js';
import { dataDirectory } from './worlds.js';

/** The demo worlds, built once where `assay demo` would build them; an unchanged build is reused. */
export default async function buildWorlds(): Promise<void> {
  const { code, stderr } = await runAssay(['seed', '--data', dataDirectory]);
  if (code !== 0) throw new Error(`the demo worlds could not be built: ${stderr}`);
}
