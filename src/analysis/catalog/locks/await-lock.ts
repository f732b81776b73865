import type { LockLibrary } from './lock-library.js';

/** https://github.com/ide/await-lock, 3.0: whoever calls `release` gives it back, its holder or not. */
export const awaitLock: readonly LockLibrary[] = [
  { modules: ['await-lock'], makers: ['default', 'AwaitLock'], acquire: ['acquireAsync'], mayFail: ['tryAcquire'], release: ['release'], run: [] },
];
