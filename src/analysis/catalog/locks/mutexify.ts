import type { LockLibrary } from './lock-library.js';

/** https://github.com/mafintosh/mutexify, 1.4: `lock((release) => …)`, or `release = await lock()`; a second release loses a waiter. */
export const mutexify: readonly LockLibrary[] = [
  { modules: ['mutexify'], makers: ['default', 'mutexify'], acquire: [], release: [], run: [], callable: 'run', callback: 'done' },
  { modules: ['mutexify/promise'], makers: ['default', 'mutexify', 'mutexifyPromise'], acquire: [], release: [], run: [], callable: 'acquire' },
];
