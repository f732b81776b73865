import type { LockLibrary } from './lock-library.js';

/** https://github.com/sindresorhus/p-mutex, 1.0: `unlock` throws nothing and lets the next one in each time. */
export const pMutex: readonly LockLibrary[] = [
  { modules: ['p-mutex'], makers: ['default', 'Mutex', 'PMutex'], acquire: ['lock'], release: ['unlock'], run: ['withLock'] },
];
