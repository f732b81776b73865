import type { LockLibrary } from './lock-library.js';

/** https://github.com/rocicorp/lock, 1.0: the releaser resolves a promise, so it counts once; who writes waits for all who read. */
export const rocicorpLock: readonly LockLibrary[] = [
  { modules: ['@rocicorp/lock'], makers: ['Lock'], acquire: ['lock'], release: [], run: ['withLock'], idempotentReleaser: true },
  { modules: ['@rocicorp/lock'], makers: ['RWLock'], acquire: ['read', 'write'], release: [], run: ['withRead', 'withWrite'], shared: ['read', 'withRead'], idempotentReleaser: true },
];
