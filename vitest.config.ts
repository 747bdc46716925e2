import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/support/generate.ts',
    include: ['test/**/*.test.ts'],
    // The machine may be busy; what hangs is stopped all the same.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // .ci/run reads it: there, no test may be skipped.
    ...(process.env['CI'] && { reporters: ['default', ['json', { outputFile: 'node_modules/.cache/cors-lint/tests.json' }]] }),
  },
});
