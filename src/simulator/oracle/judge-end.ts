import type { Problem, ProblemKind } from '../../model/index.js';
import type { Asks } from './asks.js';
import { dataRace } from './data-race.js';
import { deadlock } from './deadlock.js';
import { doubleRelease } from './double-release.js';
import type { ExecutionEnd } from './execution-end.js';
import { invariant } from './invariant.js';
import { linearizability } from './linearizability-judge.js';
import { livelock } from './livelock.js';
import { lockHeld } from './lock-held.js';
import { findLostWakeups, lostWakeup } from './lost-wakeup.js';
import { largestBypass, starvation } from './starvation.js';
import { unhandled } from './unhandled.js';

/** What is wrong with one execution, the most important first: causes before what they lead to. */
export const IMPORTANCE: readonly ProblemKind[] = [
  'lost-wakeup', 'deadlock', 'livelock', 'double-release', 'invariant', 'linearizability', 'serializability', 'atomicity',
  'noninterference', 'observational-determinism', 'unhandled', 'lock-held', 'data-race', 'starvation',
];

const NONE: readonly Problem[] = [];
const NOBODY: ReadonlySet<string> = new Set();

/**
 * Judges one execution by itself. What compares executions (serializability, noninterference) is the tally's. The steps are looked
 * at only by oracles that are asked for or have something to explain, so a clean end without asks costs next to nothing.
 */
export function judgeEnd(end: ExecutionEnd, asks: Asks): readonly Problem[] {
  const lost = findLostWakeups(end);
  const found = [
    lostWakeup(end, asks, lost),
    deadlock(end, asks, lost.length === 0 ? NOBODY : new Set(lost.map(({ blocked }) => blocked.task))),
    livelock(end),
    doubleRelease(end, asks),
    invariant(end),
    linearizability(end, asks),
    unhandled(end),
    lockHeld(end),
    dataRace(end, asks),
    asks.bypassBound === undefined ? undefined : starvation(largestBypass(end.steps), asks),
  ].filter((problem) => problem !== undefined);
  return found.length === 0 ? NONE : found;
}

export function byImportance(a: { readonly kind: ProblemKind }, b: { readonly kind: ProblemKind }): number {
  return IMPORTANCE.indexOf(a.kind) - IMPORTANCE.indexOf(b.kind);
}
