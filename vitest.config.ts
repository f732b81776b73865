import { defineConfig } from 'vitest/config';
import { viteNodeLibrary } from './build/node-library.mjs';

export default defineConfig({
  plugins: [viteNodeLibrary],
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/editor/**', 'test/**/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
