import type { LockLibrary } from './locks.js';

/** https://github.com/DirtyHairy/async-mutex, 0.5: the releaser is idempotent, `acquire` of a Semaphore gives `[value, releaser]`. */
export const asyncMutex: LockLibrary = {
  modules: ['async-mutex'],
  makers: ['Mutex', 'Semaphore'],
  wrappers: ['withTimeout', 'tryAcquire'],
  acquire: ['acquire'],
  release: ['release'],
  run: ['runExclusive'],
  idempotentReleaser: true,
  capacity: { argument: 0 },
};
