import { ofKind } from '../model/effect.js';
import type { Effect } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleView } from '../rules/rule.js';
import { leadsTo } from '../regions/order.js';
import type { Study } from '../regions/study.js';
import { isNamed } from './guarding.js';
import { excludes, heldIn } from './held.js';
import type { Acquire } from './held.js';
import { keptWork } from './kept-work.js';
import { awaitedCall } from './awaited-calls.js';
import { awaitedDeferred } from './awaited-deferred.js';
import { awaitedEvent } from './awaited-events.js';
import { awaitedIdle } from './awaited-idle.js';
import { awaitedFlag } from './awaited-flags.js';
import { awaitedPair } from './awaited-pairs.js';
import { awaitedSignal } from './awaited-signals.js';
import { isSeenWhole } from './seen-whole.js';

/** Something that is waited for, and what of the code at hand can bring it about. */
export interface Awaited {
  /** What a person reads: `` `waiting` to be called ``. */
  readonly text: string;
  /** What somebody does to it who ends the wait: `calls it`. */
  readonly ending: string;
  /** True if whoever waits does not stand still, but asks again and again: no end of a run shows that. */
  readonly isPolled?: boolean;
  /** By what name the module speaks of it. */
  readonly name: string;
  /** What makes it before anybody can wait. */
  readonly maker?: FunctionInfo;
  /** `ends`: it ends the wait. `touches`: it may help to end it where the analysis does not see how. */
  roleOf(effect: Effect, study: Study): 'ends' | 'touches' | undefined;
  /** True if what the holder did itself can not have ended a wait that it comes to all the same: another run has to. */
  isTooEarly?(effect: Effect): boolean;
  /** Studies in which somebody may do so. */
  readonly studies: readonly Study[];
}

/** Somebody who holds a lock waits for what others bring about only under the same lock. */
export interface LockedWait {
  readonly study: Study;
  readonly acquire: Acquire;
  readonly wait: Effect;
  /** What is waited for, and what would end that. */
  readonly text: string;
  readonly ending: string;
  readonly isPolled?: boolean;
  /** Who could end the wait, and where. */
  readonly ender: Study;
  readonly end: Effect;
}

const kinds = [awaitedCall, awaitedPair, awaitedDeferred, awaitedEvent, awaitedFlag, awaitedSignal];

/** The waits of a module under a lock that nothing ends while the lock is held. */
export function lockedWaitsIn(view: ModuleView): LockedWait[] {
  return view.studies.flatMap((study) => {
    const { graph, entry } = study;
    if (!entry || graph.isPartial || ofKind(graph.effects, 'acquire').length === 0) return [];
    const held = heldIn(graph);
    return graph.effects.flatMap((wait) => {
      if (wait.frame.fn.module !== view.model.module || wait.aside || !/^(?:suspend|return|acquire)$/.test(wait.kind)) return [];
      for (const [lock, taken] of held[wait.id] ?? []) {
        const acquire = taken.at(-1)!;
        if (!isNamed(lock) || !taken.every(isSurelyHeld)) continue;
        const found = keptWork(view, study, acquire, wait) ?? awaitedIdle(view, study, acquire, wait) ?? lockedWait(view, study, acquire, wait);
        if (found) return [found];
      }
      return [];
    });
  });
}

/** Known to be a lock that one task has at a time, for as long as it likes. */
export function isSurelyHeld(acquire: Acquire): boolean {
  return acquire.isCertain && acquire.isAwaited && acquire.permits === 1 && acquire.form !== 'scope' && !acquire.expires && excludes(acquire);
}

function lockedWait(view: ModuleView, study: Study, acquire: Acquire, wait: Effect): LockedWait | undefined {
  for (const kind of kinds) {
    const awaited = kind(view, study, acquire, wait);
    const end = awaited && onlyEnd(awaited, study, acquire, wait);
    if (awaited && end && isSeenWhole(awaited.name, view, awaited.maker)) return { study, acquire, wait, text: awaited.text, ending: awaited.ending, ...(awaited.isPolled && { isPolled: true }), ...end };
  }
  return undefined;
}

function isAfter({ graph }: Study, wait: Effect, effect: Effect): boolean {
  return !effect.aside && leadsTo(graph, wait, effect) && !leadsTo(graph, effect, wait);
}

/** Who ends a wait, if that is done by others only, and under the lock only. */
function onlyEnd({ studies, roleOf, isTooEarly }: Awaited, study: Study, acquire: Acquire, wait: Effect): Pick<LockedWait, 'ender' | 'end'> | undefined {
  const ends: { ender: Study; end: Effect }[] = [];
  for (const other of studies) {
    if (!other.entry) continue;
    const held = heldIn(other.graph);
    for (const effect of other.graph.effects) {
      const role = roleOf(effect, other);
      if (!role) continue;
      const taken = held[effect.id]?.get(acquire.lock);
      if (!taken?.some(excludes)) return undefined;
      // What the holder does when the wait is over does not end it.
      if (role === 'ends' && other === study && isAfter(study, wait, effect)) continue;
      // What the holder does itself, or what it has started meanwhile, needs no second lock.
      if (role === 'ends' && other === study && taken.includes(acquire) && (effect.aside || !isTooEarly?.(effect))) return undefined;
      if (role === 'ends') ends.push({ ender: other, end: effect });
    }
  }
  return ends.find(({ ender }) => ender !== study) ?? ends[0];
}
