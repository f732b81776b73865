/** How a lock, limiter or queue is used. One entry per library; the data follows each library's own source. */
export interface LockLibrary {
  readonly modules: readonly string[];
  /** Exported constructors or factories that make a lock. */
  readonly makers: readonly string[];
  /** Exported functions that wrap a lock and give a lock: `withTimeout(mutex, 100)`. */
  readonly wrappers?: readonly string[];
  /** Methods that wait for the lock; what they give may be the releaser. */
  readonly acquire: readonly string[];
  readonly release: readonly string[];
  /** Methods that run a callback under the lock. */
  readonly run: readonly string[];
  /** The lock itself is called with the callback: `limit(fn)`; or is acquired by a call: `await lock()`. */
  readonly callable?: 'run' | 'acquire';
  /** The option, or the index of the argument, that says how many may hold it; more than one is no mutex. */
  /** Calling a releaser again does no harm. */
  readonly idempotentReleaser?: boolean;
  /** What waiting for the lock gives says whether it was got. */
  readonly mayFail?: boolean;
  /** One object holds a lock for each key, the first argument. */
  readonly keyed?: boolean;
  readonly capacity?: { readonly argument: number; readonly option?: string };
}
