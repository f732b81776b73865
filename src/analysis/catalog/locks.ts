import type { LockDescription } from '../../model/index.js';

/** How a lock, limiter or queue of a known library is used, its traps included. The data follows each library's own source. */
export interface LockLibrary extends LockDescription {
  /** Calling a releaser again does no harm. */
  readonly idempotentReleaser?: boolean;
  /** What waiting for the lock gives says whether it was got. */
  readonly mayFail?: boolean;
  /** One object holds a lock for each key, the first argument. */
  readonly keyed?: boolean;
}
