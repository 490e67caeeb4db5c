import { defineConfig } from 'vitest/config';

// "source" first: tests import the workspaces' sources, no build needed
const conditions = ['source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    benchmark: { include: ['test/**/*.bench.ts'] },
    globalSetup: ['test/support/postgres-server.ts'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/vitest/results.json' }]],
    coverage: {
      provider: 'v8',
      include: ['schemas/src/**/*.ts', 'verifier/src/core/**/*.ts'],
      exclude: ['schemas/src/generated/**'],
      reporter: ['text', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: {
        'schemas/src/**': { lines: 100, branches: 100 },
        'verifier/src/core/**': { lines: 100, branches: 100 },
      },
    },
  },
});
