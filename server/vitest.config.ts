import { defineConfig } from 'vitest/config';

const oxc = { decorator: { legacy: true, emitDecoratorMetadata: true } };

/**
 * One project per size of test (CONTRIBUTING.md): `unit` touches nothing outside the process,
 * `engine` talks to real warehouses, `golden` and `e2e` run the built command.
 */
export default defineConfig({
  test: {
    projects: [
      {
        oxc,
        test: {
          name: 'unit',
          include: ['src/**/*.spec.ts', '../seeds/**/*.spec.ts'],
          exclude: ['**/*.engine.spec.ts', '**/*.db.spec.ts', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        oxc,
        test: {
          name: 'engine',
          include: ['src/**/*.engine.spec.ts', 'test/engine/**/*.spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        oxc,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts', 'test/golden/**/*.spec.ts'],
          globalSetup: ['test/support/build-worlds.global.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
