import type { LockLibrary } from './lock-library.js';

/** https://github.com/abrkn/semaphore.js, 1.1: `sem.take((leave) => …)`, or `sem.leave()`. */
export const semaphore: readonly LockLibrary[] = [
  { modules: ['semaphore'], makers: ['default', 'semaphore'], acquire: [], release: ['leave'], run: ['take'], callback: 'done', capacity: { argument: 0 } },
];
