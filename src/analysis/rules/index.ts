import { blockedEventLoop } from './blocked-event-loop.js';
import { checkThenAct } from './check-then-act.js';
import { concurrencyCapExceeded } from './concurrency-cap-exceeded.js';
import { dataRace } from './data-race.js';
import { doubleInitialization } from './double-initialization.js';
import { doubleRelease } from './double-release.js';
import { externalCheckThenAct } from './external-check-then-act.js';
import { externalLostUpdate } from './external-lost-update.js';
import { fileLostUpdate } from './file-lost-update.js';
import { lockCallbackMisuse } from './lock-callback-misuse.js';
import { lockNotReleased } from './lock-not-released.js';
import { lockOrderCycle } from './lock-order-cycle.js';
import { lostEvent } from './lost-event.js';
import { lostUpdate } from './lost-update.js';
import { lostWakeup } from './lost-wakeup.js';
import { missingAwait } from './missing-await.js';
import { missingLock } from './missing-lock.js';
import { nonAtomicUpdate } from './non-atomic-update.js';
import { outOfOrderResponse } from './out-of-order-response.js';
import { selfDeadlock } from './self-deadlock.js';
import { staleContext } from './stale-context.js';
import { staleWriteBack } from './stale-write-back.js';
import { tornUpdate } from './torn-update.js';
import { uncancelledEffect } from './uncancelled-effect.js';
import { uncheckedWait } from './unchecked-wait.js';
import { unstableIteration } from './unstable-iteration.js';
import { useAfterTransfer } from './use-after-transfer.js';
import { useBeforeReady } from './use-before-ready.js';
import { waitUnderLock } from './wait-under-lock.js';
import type { ModuleRule, Rule, RuleDescription } from './rule.js';

export type { ModuleRule, ModuleView, Rule, RuleDescription, RegionInQuestion } from './rule.js';

/** In the order in which they claim an act: one act is accused once. */
export const rules: readonly Rule[] = [externalLostUpdate, fileLostUpdate, staleWriteBack, lostUpdate, doubleInitialization, concurrencyCapExceeded, checkThenAct];

const ordering: readonly ModuleRule[] = [missingAwait, useBeforeReady, lostEvent, uncancelledEffect];

const sharedMemory: readonly ModuleRule[] = [nonAtomicUpdate, uncheckedWait, dataRace, lostWakeup, useAfterTransfer, blockedEventLoop];

export const moduleRules: readonly ModuleRule[] = [missingLock, lockCallbackMisuse, concurrencyCapExceeded, checkThenAct, doubleInitialization, selfDeadlock, waitUnderLock, lockOrderCycle, lockNotReleased, doubleRelease, outOfOrderResponse, tornUpdate, unstableIteration, staleContext, externalCheckThenAct, ...sharedMemory, ...ordering];

export const ruleCatalogue: readonly RuleDescription[] = [...new Set<RuleDescription>([...rules, ...moduleRules])].map(({ id, category, summary, explanation }) => ({ id, category, summary, explanation }));
