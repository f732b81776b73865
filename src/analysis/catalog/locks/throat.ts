import type { LockLibrary } from './lock-library.js';

/** https://github.com/ForbesLindesay/throat, 6.0 */
export const throat: readonly LockLibrary[] = [
  { modules: ['throat'], makers: ['default', 'throat'], acquire: [], release: [], run: [], callable: 'run', capacity: { argument: 0 } },
];
