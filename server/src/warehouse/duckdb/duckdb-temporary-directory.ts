import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Directories that live; one listener removes them all when we exit without having closed. */
const living = new Set<string>();
let isListening = false;

/** A private directory into which an engine process may spill. If we are killed, the child removes it. */
export function createTemporaryDirectory(): string {
  if (!isListening) {
    isListening = true;
    process.on('exit', () => {
      for (const path of living) rmSync(path, { recursive: true, force: true });
    });
  }
  const path = mkdtempSync(join(tmpdir(), 'assay-duckdb-'));
  living.add(path);
  return path;
}

export async function removeTemporaryDirectory(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
  living.delete(path);
}
