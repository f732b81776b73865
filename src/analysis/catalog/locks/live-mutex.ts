import type { LockLibrary } from './lock-library.js';

/** https://github.com/ORESoftware/live-mutex, 0.2: keys of a broker that several processes share; held no longer than `ttl`. */
export const liveMutex: readonly LockLibrary[] = [
  { modules: ['live-mutex'], makers: ['Client', 'LMXClient', 'LMClient'], acquire: ['acquire', 'lock', 'acquireLock'], release: ['release', 'unlock', 'releaseLock'], run: [], keyed: true, expires: true },
];
