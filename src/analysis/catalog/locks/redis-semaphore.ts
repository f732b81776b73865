import type { LockLibrary } from './lock-library.js';

/** https://github.com/swarthy/redis-semaphore, 5.6: `tryAcquire` says whether it got the lock. */
const common = { modules: ['redis-semaphore'], acquire: ['acquire'], release: ['release'], run: [], mayFail: ['tryAcquire'], expires: true } as const;

export const redisSemaphore: readonly LockLibrary[] = [
  { ...common, makers: ['Mutex', 'RedlockMutex'] },
  { ...common, makers: ['Semaphore', 'RedlockSemaphore', 'MultiSemaphore', 'RedlockMultiSemaphore'], capacity: { argument: 2 } },
];
