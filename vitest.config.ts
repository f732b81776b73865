import { defineConfig } from 'vitest/config';
import { nodeLibrary } from './build/node-library.mjs';
import { testGuard } from './build/test-guard.mjs';

export default defineConfig({
  plugins: [nodeLibrary.vite, testGuard.vite],
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/editor/**', 'test/**/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
