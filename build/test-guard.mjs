// What is loaded before the trial run of a test (src/regression/guard) as text, which the run writes down beside it: it has to be a file of its own in processes that are not ours.
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { madeModule } from './made-module.mjs';

const entry = fileURLToPath(new URL('../src/regression/guard/node-entry.ts', import.meta.url));

/** What the regression room imports: `guardText` is CommonJS that expects `RACEPROOF_BOUNDS` before it. */
export const testGuard = madeModule('test-guard', () => {
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20', minifySyntax: true, minifyWhitespace: true, legalComments: 'none', logLevel: 'warning' });
  return `export const guardText = ${JSON.stringify(outputFiles[0].text)};`;
});
