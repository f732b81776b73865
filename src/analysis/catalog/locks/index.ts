import { asyncLock } from './async-lock.js';
import { asyncMutex } from './async-mutex.js';
import { asyncSema } from './async-sema.js';
import { awaitLock } from './await-lock.js';
import { awaitSemaphore } from './await-semaphore.js';
import { browserTabsLock } from './browser-tabs-lock.js';
import { effect } from './effect.js';
import { liveMutex } from './live-mutex.js';
import { livekitMutex } from './livekit-mutex.js';
import type { LockLibrary } from './lock-library.js';
import { lockfile, properLockfile } from './lockfiles.js';
import { mutexify } from './mutexify.js';
import { pLimit } from './p-limit.js';
import { pMutex } from './p-mutex.js';
import { pQueue } from './p-queue.js';
import { redisSemaphore } from './redis-semaphore.js';
import { redlock } from './redlock.js';
import { rocicorpLock } from './rocicorp-lock.js';
import { sapphireAsyncQueue } from './sapphire-async-queue.js';
import { semaphore } from './semaphore.js';
import { semaphoreAsyncAwait } from './semaphore-async-await.js';
import { throat } from './throat.js';

export type { LockLibrary } from './lock-library.js';
export { advisory, advisoryName, isAdvisory } from './advisory.js';
export { lockShape } from './shape.js';
export { WEB_LOCKS, webLocks } from './web-locks.js';

const libraries: readonly LockLibrary[] = [
  asyncMutex, asyncLock, asyncSema, awaitLock, awaitSemaphore, browserTabsLock, effect, liveMutex, livekitMutex, lockfile, mutexify, pLimit, pMutex, pQueue, properLockfile,
  redisSemaphore, redlock, rocicorpLock, sapphireAsyncQueue, semaphore, semaphoreAsyncAwait, throat,
].flat();

/** What a package gives that is a lock, one description for each kind of lock. */
export function lockLibrariesOf(moduleName: string): readonly LockLibrary[] {
  return libraries.filter(({ modules }) => modules.includes(moduleName));
}

const refusing: ReadonlySet<string> = new Set(libraries.flatMap(({ mayFail }) => mayFail ?? []));

/** True if a method of some library's locks has that name whose answer says whether the lock was got. */
export function mayRefuse(method: string): boolean {
  return refusing.has(method);
}
