import type { LockLibrary } from './lock-library.js';

/** https://github.com/jsoendermann/semaphore-async-await, 1.5: a second release lets two in. */
const common = { modules: ['semaphore-async-await'], acquire: ['acquire', 'wait'], release: ['release', 'signal'], run: ['execute'], mayFail: ['waitFor'] } as const;

export const semaphoreAsyncAwait: readonly LockLibrary[] = [
  { ...common, makers: ['Lock'] },
  { ...common, makers: ['default', 'Semaphore'], capacity: { argument: 0 } },
];
