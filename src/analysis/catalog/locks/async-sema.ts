import type { LockLibrary } from './lock-library.js';

/** https://github.com/vercel/async-sema, 3.1: every release adds a token, whoever calls it. */
export const asyncSema: readonly LockLibrary[] = [
  { modules: ['async-sema'], makers: ['Sema', 'default'], acquire: ['acquire', 'v'], release: ['release', 'p'], run: [], mayFail: ['tryAcquire'], capacity: { argument: 0 } },
];
