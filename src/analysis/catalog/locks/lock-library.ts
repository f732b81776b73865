import type { LockDescription } from '../../../model/index.js';

/** How a lock, limiter or queue of a known library is used, its traps included. The data follows each library's own source. */
export interface LockLibrary extends LockDescription {
  /** Exported types of its locks that are no makers: `MutexInterface`. */
  readonly types?: readonly string[];
  /** Calling a releaser again does no harm. */
  readonly idempotentReleaser?: boolean;
  /** Methods whose answer says whether the lock was got. */
  readonly mayFail?: readonly string[];
  /** One object, or the module itself, holds a lock for each key, the first argument. */
  readonly keyed?: boolean;
  /** The module's own functions take and give back locks: `lock(file)`. */
  readonly isModule?: boolean;
  /** Methods that let several in at a time, and keep out those who come by the others. */
  readonly shared?: readonly string[];
  /** `done`: a callback with a parameter gives the lock back by calling it, whatever it returns. */
  readonly callback?: 'done';
  /** A callback without that parameter ends when its promise does. */
  readonly takesPromises?: boolean;
  /** Several keys are waited for one after the other, in the order in which they are given. */
  readonly takesKeysInOrder?: boolean;
  /** How many may hold it at a time, for locks that are not told; without it, one. */
  readonly permits?: number;
  /** Who has waited long enough goes on without it, or the lock is lost: waiting is not for ever. */
  readonly expires?: boolean;
}
