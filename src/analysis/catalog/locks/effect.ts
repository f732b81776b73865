import type { LockLibrary } from './lock-library.js';

/** https://effect.website, 3: `withPermits(n)` wraps an effect, which the generators of this library then run. */
export const effect: readonly LockLibrary[] = [
  { modules: ['effect', 'effect/Effect'], makers: ['makeSemaphore', 'unsafeMakeSemaphore', 'Semaphore'], acquire: ['take'], release: ['release', 'releaseAll'], run: ['withPermits'], capacity: { argument: 0 } },
];
