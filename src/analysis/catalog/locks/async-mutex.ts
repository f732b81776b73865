import type { LockLibrary } from './lock-library.js';

/** https://github.com/DirtyHairy/async-mutex, 0.5: the releaser is idempotent, `acquire` of a Semaphore gives `[value, releaser]`. */
const common = { modules: ['async-mutex'], wrappers: ['withTimeout', 'tryAcquire'], acquire: ['acquire'], release: ['release'], run: ['runExclusive'], idempotentReleaser: true } as const;

export const asyncMutex: readonly LockLibrary[] = [
  { ...common, makers: ['Mutex'], types: ['MutexInterface'] },
  { ...common, makers: ['Semaphore'], types: ['SemaphoreInterface'], capacity: { argument: 0 } },
];
