import type { LockLibrary } from './lock-library.js';

/**
 * https://github.com/mike-marcacci/node-redlock, 4 (`lock`, `unlock`) and 5 (`acquire`, `using`): what is locked is named by keys, and lost when its time is over.
 * All keys of one call are taken in one step.
 */
export const redlock: readonly LockLibrary[] = [
  { modules: ['redlock'], makers: ['default', 'Redlock'], acquire: ['acquire', 'lock'], release: ['release', 'unlock'], run: ['using'], keyed: true, expires: true },
];
