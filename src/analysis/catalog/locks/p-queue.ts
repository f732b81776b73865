import type { LockLibrary } from './lock-library.js';

/** https://github.com/sindresorhus/p-queue, 9.3: without a concurrency everything runs at once. */
export const pQueue: readonly LockLibrary[] = [
  { modules: ['p-queue'], makers: ['default', 'PQueue'], acquire: [], release: [], run: ['add', 'addAll'], capacity: { argument: 0, option: 'concurrency' }, permits: Infinity },
];
