/** The heights of the house: imports go down only; sideways and up go by event. */
const heights = [
  ['platform'],
  ['sql', 'jobs', 'trail', 'policies'],
  ['warehouse', 'identity'],
  ['catalog', 'changes'],
  ['glossary', 'lineage'],
  ['metrics'],
  ['quality', 'freshness', 'reconciliation'],
  ['audits'],
  ['alerts', 'reports'],
];
const at = (modules) => `^server/src/(${modules.join('|')})/`;

const looksDown = heights.map((modules, height) => ({
  name: `height-${height}-looks-down`,
  comment: `${modules.join(', ')} may import only what stands below; sideways and up go by event.`,
  severity: 'error',
  from: { path: at(modules), pathNot: '\\.spec\\.ts$|/testing/' },
  to: {
    path: at(heights.slice(height).flat()),
    pathNot: ['^server/src/$1/', '\\.events\\.ts$'],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...looksDown,
    {
      name: 'nobody-imports-app',
      comment: 'app is composition: it knows everybody, nobody knows it.',
      severity: 'error',
      from: { path: '^server/src/(?!app/|main\\.ts)' },
      to: { path: '^server/src/(app/|main\\.ts)' },
    },
    {
      name: 'modules-meet-at-the-front-door',
      comment: 'Another module is entered by its index.ts; type-only imports of its events are free.',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: {
        path: '^server/src/(?!platform/)[^/]+/(?!index\\.ts$)',
        pathNot: ['^server/src/$1/', '\\.events\\.ts$'],
      },
    },
    {
      name: 'engines-do-not-know-each-other',
      comment: 'What two engines share belongs to warehouse/ itself.',
      severity: 'error',
      from: { path: '^server/src/warehouse/(postgres|duckdb|trino)/' },
      to: {
        path: '^server/src/warehouse/(postgres|duckdb|trino)/',
        pathNot: '^server/src/warehouse/$1/',
      },
    },
    {
      name: 'understanding-sql-needs-no-warehouse',
      comment: 'sql/ reads text and trees; it opens no connection.',
      severity: 'error',
      from: { path: '^server/src/sql/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(pg|@duckdb|trino-client|typeorm)/' },
    },
    {
      name: 'no-circular',
      comment: 'A cycle means that two files are one idea, or that a type is parked too high.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is dead, or its entry point is missing here.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.spec\\.ts$', '\\.d\\.ts$', '-child\\.js$', '-worker\\.js$', '^server/src/main\\.ts$'],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
