#!/usr/bin/env node
// What `npx assay` starts: the built command, or one sentence on how to build it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/main.js', import.meta.url);
if (!existsSync(fileURLToPath(main))) {
  console.error('assay is not built yet: run `npm install && npm run build` in the repository root.');
  process.exit(2);
}
await import(main.href);
