import type { TestFile } from './test-file.js';

/** The folders of the suite's `test/` whose tests are about promises, jobs and async code. */
export const areas: readonly string[] = [
  'built-ins/Promise', 'built-ins/AggregateError', 'built-ins/AsyncFunction', 'built-ins/AsyncGeneratorFunction', 'built-ins/AsyncGeneratorPrototype',
  'built-ins/AsyncFromSyncIteratorPrototype', 'built-ins/AsyncIteratorPrototype', 'built-ins/Array/fromAsync',
  'built-ins/AsyncDisposableStack', 'built-ins/DisposableStack', 'built-ins/SuppressedError',
  'language/expressions/await', 'language/expressions/async-function', 'language/expressions/async-arrow-function', 'language/expressions/async-generator',
  'language/expressions/object/method-definition', 'language/expressions/class',
  'language/statements/async-function', 'language/statements/async-generator', 'language/statements/for-await-of', 'language/statements/await-using',
  'language/statements/using', 'language/statements/class', 'language/module-code/top-level-await',
];

/** Of classes and object literals only what has `async` in its path is about async code. */
export function isAbout(path: string): boolean {
  return !/\/(class|method-definition)\//.test(path) || path.includes('async');
}

/** Why a test cannot say anything about the simulator; undefined if it can. Each reason stands for a class of tests. */
export function exclusionOf(test: TestFile, proposals: ReadonlySet<string>): string | undefined {
  const { flags, negative, text } = test;
  if (negative && negative.phase !== 'runtime') return 'expects a syntax error, which is the parser\'s (TypeScript\'s) to find';
  if (flags.includes('noStrict') || flags.includes('raw')) return 'sloppy mode only: a program is strict, as every module is';
  if (flags.includes('module') || test.path.includes('/top-level-await/')) return 'several modules, or await at the top level of one';
  if (/\$262\b/.test(text)) return 'needs a second realm ($262)';
  if (test.features.some((feature) => proposals.has(feature))) return 'a proposal that is not yet in ECMA-262';
  return undefined;
}

/** Feature flags under "Proposed language features" of the suite's `features.txt`. */
export function proposalsOf(features: string): ReadonlySet<string> {
  const [proposed = ''] = features.split(/^## Standard language features/m);
  return new Set(proposed.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(/\s/)[0]!));
}
