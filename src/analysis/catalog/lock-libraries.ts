import { asyncMutex } from './async-mutex.js';
import type { LockLibrary } from './locks.js';

/** Further libraries, known well enough to see what they guard. */
const further: readonly LockLibrary[] = [
  { modules: ['p-limit'], makers: ['default', 'pLimit'], acquire: [], release: [], run: ['map'], callable: 'run', capacity: { argument: 0, option: 'concurrency' } },
  { modules: ['p-queue'], makers: ['default', 'PQueue'], acquire: [], release: [], run: ['add', 'addAll'], capacity: { argument: 0, option: 'concurrency' } },
  { modules: ['async-lock'], makers: ['default', 'AsyncLock'], acquire: [], release: [], run: ['acquire'], keyed: true },
  { modules: ['async-sema'], makers: ['Sema', 'default'], acquire: ['acquire', 'v'], release: ['release', 'p'], run: [], capacity: { argument: 0 } },
  { modules: ['await-lock'], makers: ['default', 'AwaitLock'], acquire: ['acquireAsync'], release: ['release'], run: [] },
  { modules: ['mutexify', 'mutexify/promise'], makers: ['default', 'mutexify', 'mutexifyPromise'], acquire: [], release: [], run: [], callable: 'acquire' },
  { modules: ['redlock'], makers: ['default', 'Redlock'], acquire: ['acquire', 'lock'], release: ['release', 'unlock'], run: ['using'] },
  { modules: ['proper-lockfile'], makers: [], acquire: ['lock'], release: ['unlock'], run: [] },
  { modules: ['@livekit/mutex'], makers: ['Mutex', 'MultiMutex'], acquire: ['lock'], release: [], run: [] },
  { modules: ['await-semaphore'], makers: ['Mutex', 'Semaphore'], acquire: ['acquire'], release: [], run: ['use'], capacity: { argument: 0 } },
  { modules: ['semaphore-async-await'], makers: ['default', 'Semaphore', 'Lock'], acquire: ['acquire', 'wait'], release: ['release', 'signal'], run: ['execute'], capacity: { argument: 0 } },
  { modules: ['@rocicorp/lock'], makers: ['Lock', 'RWLock'], acquire: ['lock', 'read', 'write'], release: [], run: ['withLock', 'withRead', 'withWrite'] },
  { modules: ['p-mutex'], makers: ['default', 'PMutex'], acquire: ['lock'], release: ['unlock'], run: ['withLock'] },
  { modules: ['redis-semaphore'], makers: ['Mutex', 'Semaphore'], acquire: ['acquire'], release: ['release'], run: [] },
  { modules: ['live-mutex'], makers: ['Client', 'LMXClient'], acquire: ['acquire', 'lock'], release: ['release', 'unlock'], run: [] },
  { modules: ['semaphore'], makers: ['default'], acquire: ['take'], release: ['leave'], run: ['take'], capacity: { argument: 0 } },
  { modules: ['throat'], makers: ['default'], acquire: [], release: [], run: [], callable: 'run', capacity: { argument: 0 } },
  { modules: ['browser-tabs-lock'], makers: ['default'], acquire: ['acquireLock'], release: ['releaseLock'], run: [], mayFail: true },
  { modules: ['effect'], makers: ['makeSemaphore', 'unsafeMakeSemaphore', 'Semaphore'], acquire: ['take'], release: ['release', 'releaseAll'], run: ['withPermits'], capacity: { argument: 0 } },
];

export const lockLibraries: readonly LockLibrary[] = [asyncMutex, ...further];

/** For locks that come from elsewhere (a parameter, another file): what their names and methods promise. */
export const lockShape = {
  /** `mutex`, `writeLock`, `this.#semaphore`. */
  name: /(?:mutex|lock|semaphore|\bsema|criticalSection|limiter|serializer)s?$|^(?:mutex|lock|sem|limit)$/i,
  queueName: /(?:queue|limit(?:er)?|throttler|sequencer|serial(?:izer)?|scheduler|executor)$/i,
  acquire: new Set(['acquire', 'acquireAsync', 'lock', 'acquireLock', 'take', 'wait', 'enter', 'obtain', 'acquireRead', 'acquireWrite', 'readLock', 'writeLock', 'request']),
  release: new Set(['release', 'unlock', 'releaseLock', 'leave', 'signal', 'exit', 'free', 'dispose']),
  run: new Set(['runExclusive', 'withLock', 'withRead', 'withWrite', 'withPermits', 'synchronized', 'exclusive', 'critical', 'runLocked', 'withMutex', 'dispatchExclusive']),
  queueRun: new Set(['add', 'enqueue', 'queue', 'run', 'push', 'schedule', 'execute', 'exec', 'dispatch', 'submit', 'use', 'request', 'acquire', 'lock', 'using', 'do', 'trigger', 'wrap']),
  /** A function of such a name that takes a callback runs it under a lock or one at a time. */
  wrapper: /lock(?!ed)|mutex|exclusive|seriali[sz]e(?!r)|synchroni[sz]ed?$|critical|singleFlight|single_flight|dedupe?|coalesce|sequential|enqueue|inQueue|onlyOnce|atomic|transaction|debounce|throttle|memoi[sz]e|^once$|withLease|guarded/i,
  decorator: /lock|mutex|synchroni[sz]|exclusive|serial|singleflight|memo|once|debounce|throttle|dedupe|queue|sequenti/i,
} as const;

export function lockLibraryOf(moduleName: string): LockLibrary | undefined {
  return lockLibraries.find(({ modules }) => modules.includes(moduleName));
}
