/** For locks that come from elsewhere (a parameter, another file): what their names and methods promise. */
export const lockShape = {
  /** `mutex`, `writeLock`, `this.#semaphore`; no block, and no clock. */
  name: /(?:mutex|(?<![bc])lock|semaphore|\bsema|criticalSection|limiter|serializer)s?$|^(?:mutex|lock|sem|limit)$/i,
  queueName: /(?:queue|limit(?:er)?|throttler|sequencer|serial(?:izer)?|scheduler|executor)$/i,
  acquire: new Set(['acquire', 'acquireAsync', 'lock', 'acquireLock', 'take', 'wait', 'enter', 'obtain', 'acquireRead', 'acquireWrite', 'readLock', 'writeLock', 'request']),
  release: new Set(['release', 'unlock', 'releaseLock', 'leave', 'signal', 'exit', 'free', 'dispose']),
  run: new Set(['runExclusive', 'withLock', 'withRead', 'withWrite', 'withPermits', 'synchronized', 'exclusive', 'critical', 'runLocked', 'withMutex', 'dispatchExclusive']),
  queueRun: new Set(['add', 'enqueue', 'queue', 'run', 'push', 'schedule', 'execute', 'exec', 'dispatch', 'submit', 'use', 'request', 'acquire', 'lock', 'using', 'do', 'trigger', 'wrap']),
  /** A function of such a name that takes a callback runs it under a lock or one at a time. */
  wrapper: /(?<![bc])lock(?!ed)|mutex|exclusive|seriali[sz]e(?!r)|synchroni[sz]ed?$|critical|singleFlight|single_flight|dedupe?|coalesce|sequential|enqueue|inQueue|onlyOnce|atomic|transaction|debounce|throttle|memoi[sz]e|^once$|withLease|guarded/i,
  decorator: /(?<![bc])lock|mutex|synchroni[sz]|exclusive|serial|singleflight|memo|once|debounce|throttle|dedupe|queue|sequenti/i,
} as const;
