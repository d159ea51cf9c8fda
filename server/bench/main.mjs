// `npm run bench [NAME…]`: measures and prints one JSON document. Figures are ratios within one run; nothing is asserted.
import { availableParallelism, cpus, totalmem } from 'node:os';
import { novamartSuite } from './novamart-suite.mjs';
import { seedBuild } from './seed-build.mjs';
import { startUp } from './start-up.mjs';

const benches = { 'seed-build': seedBuild, 'novamart-warm': novamartSuite, 'novamart-cold-start': startUp };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`no bench named ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(64);
}

const results = {};
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`bench ${name} …`);
  results[name] = await bench();
}
console.log(
  JSON.stringify(
    {
      machine: {
        cores: availableParallelism(),
        cpu: cpus()[0]?.model.trim() ?? 'unknown',
        memory_gb: Math.round(totalmem() / 2 ** 30),
        node: process.versions.node,
      },
      ...results,
    },
    null,
    2,
  ),
);
