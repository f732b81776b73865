import type { Technique } from './flagged-code.js';
import { atomicOperation, waitInLoop } from './techniques/atomics.js';
import { exclusive, exclusiveEverywhere, guardAsOthersDo } from './techniques/exclusive.js';
import { readAfterAwait } from './techniques/read-after-await.js';
import { readAgain } from './techniques/read-again.js';
import { releaseInFinally, releaseOnce } from './techniques/release-in-finally.js';
import { shareAwaited, shareReturned, shareWork } from './techniques/share-in-flight.js';

/** What is tried for each rule, what a person would like best first. */
export const techniques: Readonly<Record<string, readonly Technique[]>> = {
  'lost-update': [readAfterAwait, readAgain, ...exclusive, ...exclusiveEverywhere],
  'stale-write-back': [readAfterAwait, readAgain, ...exclusive, ...exclusiveEverywhere],
  'double-initialization': [shareAwaited, shareReturned, shareWork, ...exclusive, ...exclusiveEverywhere],
  'check-then-act': [...exclusive, ...exclusiveEverywhere],
  'missing-lock': [guardAsOthersDo],
  'lock-not-released': [releaseInFinally],
  'double-release': [releaseOnce],
  'non-atomic-update': [atomicOperation],
  'unchecked-wait': [waitInLoop],
};
