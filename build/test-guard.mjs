// What is loaded before the trial run of a test (src/regression/guard) as text, which the run writes down beside it: it has to be a file of its own in processes that are not ours.
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** What the regression room imports. */
export const specifier = 'raceproof:test-guard';

const entry = fileURLToPath(new URL('../src/regression/guard/node-entry.ts', import.meta.url));
let text;

/** The module's text: `guardText` is CommonJS that expects `RACEPROOF_BOUNDS` before it. */
export function testGuardText() {
  return (text ??= `export const guardText = ${JSON.stringify(guard())};`);
}

function guard() {
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20', minifySyntax: true, minifyWhitespace: true, legalComments: 'none', logLevel: 'warning' });
  return outputFiles[0].text;
}

/** For esbuild. */
export const testGuard = {
  name: 'test-guard',
  setup(build) {
    build.onResolve({ filter: /^raceproof:test-guard$/ }, () => ({ path: specifier, namespace: 'test-guard' }));
    build.onLoad({ filter: /.*/, namespace: 'test-guard' }, () => ({ contents: testGuardText(), loader: 'js' }));
  },
};

/** For Vite, and so for vitest. */
export const viteTestGuard = {
  name: 'test-guard',
  enforce: 'pre',
  resolveId: (id) => (id === specifier ? `\0${specifier}` : undefined),
  load: (id) => (id === `\0${specifier}` ? testGuardText() : undefined),
};
