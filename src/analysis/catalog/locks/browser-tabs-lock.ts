import type { LockLibrary } from './lock-library.js';

/** https://github.com/supertokens/browser-tabs-lock, 1.3: `acquireLock` answers false when it has waited long enough. */
export const browserTabsLock: readonly LockLibrary[] = [
  { modules: ['browser-tabs-lock'], makers: ['default'], acquire: ['acquireLock'], release: ['releaseLock'], run: [], mayFail: ['acquireLock'], keyed: true, expires: true },
];
