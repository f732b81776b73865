import type { LockLibrary } from './lock-library.js';

/** https://github.com/sindresorhus/p-limit, 7.3: a limit of one is a mutex. */
export const pLimit: readonly LockLibrary[] = [
  { modules: ['p-limit'], makers: ['default', 'pLimit'], acquire: [], release: [], run: [], callable: 'run', capacity: { argument: 0, option: 'concurrency' } },
];
