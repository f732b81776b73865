import { defineConfig } from 'vitest/config';
import { viteNodeLibrary } from './build/node-library.mjs';
import { viteTestGuard } from './build/test-guard.mjs';

export default defineConfig({
  plugins: [viteNodeLibrary, viteTestGuard],
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/editor/**', 'test/**/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
