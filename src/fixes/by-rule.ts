import type { Technique } from './flagged-code.js';
import { atomicOperation, exchangeInLoop, waitInLoop } from './techniques/atomics.js';
import { awaitReady } from './techniques/await-ready.js';
import { awaitWork } from './techniques/await-work.js';
import { captureContext } from './techniques/capture-context.js';
import { checkAgain } from './techniques/check-again.js';
import { exclusive, exclusiveEverywhere, exclusiveForEach, guardAsOthersDo } from './techniques/exclusive.js';
import { iterateCopy } from './techniques/iterate-copy.js';
import { sendCopy, useBeforeTransfer } from './techniques/keep-sent.js';
import { latestOnly } from './techniques/latest-only.js';
import { awaitUnderLock, onlyThePromise } from './techniques/lock-callback.js';
import { callUnlocked, orderLocks } from './techniques/nested-locks.js';
import { atomicAccesses, publishAfterwards, readAfterFlag } from './techniques/order-memory.js';
import { readAfterAwait } from './techniques/read-after-await.js';
import { readAgain } from './techniques/read-again.js';
import { releaseInFinally, releaseOnce } from './techniques/release-in-finally.js';
import { passUpdater } from './techniques/pass-updater.js';
import { reserveFirst } from './techniques/reserve-first.js';
import { shareCall } from './techniques/share-call.js';
import { shareRest } from './techniques/share-rest.js';
import { shareAwaited, shareReturned, shareWork } from './techniques/share-in-flight.js';
import { expectWhatWasSeen, notifyAfterStore, storeBeforeNotify } from './techniques/wake-up.js';
import { writeTogether } from './techniques/write-together.js';

/** What is tried for each rule, what a person would like best first. */
export const techniques: Readonly<Record<string, readonly Technique[]>> = {
  'lost-update': [passUpdater, readAfterAwait, readAgain, ...exclusiveForEach, ...exclusive, ...exclusiveEverywhere],
  'stale-write-back': [passUpdater, readAfterAwait, readAgain, ...exclusiveForEach, ...exclusive, ...exclusiveEverywhere],
  'double-initialization': [shareAwaited, shareReturned, shareWork, shareRest, shareCall, reserveFirst, ...exclusiveForEach, ...exclusive, ...exclusiveEverywhere],
  'check-then-act': [reserveFirst, checkAgain, ...exclusiveForEach, ...exclusive, ...exclusiveEverywhere],
  'concurrency-cap-exceeded': [reserveFirst, checkAgain],
  'torn-update': [writeTogether],
  'unstable-iteration': [iterateCopy],
  'out-of-order-response': [latestOnly],
  'stale-context': [captureContext],
  'missing-lock': [guardAsOthersDo, shareAwaited, shareReturned, shareRest, shareCall, readAfterAwait, readAgain],
  'lock-not-released': [releaseInFinally],
  'double-release': [releaseOnce],
  'self-deadlock': [callUnlocked],
  'lock-order-cycle': [orderLocks],
  'lock-callback-misuse': [awaitUnderLock, onlyThePromise],
  'missing-await': [awaitWork],
  'use-before-ready': [awaitReady],
  'use-after-transfer': [useBeforeTransfer, sendCopy],
  'data-race': [publishAfterwards, readAfterFlag, atomicAccesses],
  'lost-wakeup': [storeBeforeNotify, expectWhatWasSeen, notifyAfterStore],
  'non-atomic-update': [atomicOperation, exchangeInLoop],
  'unchecked-wait': [waitInLoop],
};
