import { isAtOrAbove, mayBeSame } from '../model/location.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { isNamedLock } from './lock-sets.js';
import { isCovered, isValidatedAt, suspensionsFrom } from './order.js';
import { PARAMETER, provenancesOf } from './provenance.js';
import { isGuardedFree } from './solve.js';
import type { Study } from './study.js';

/** What a run keeps of its own while it works, and empties the place of at its end, whoever's is in it by then. */
export interface Forgotten {
  /** Where it is put. */
  readonly own: EffectOf<'write'>;
  readonly suspensions: readonly EffectOf<'suspend'>[];
  /** Where the place is emptied. */
  readonly end: EffectOf<'write'>;
}

/**
 * `this.running = new AbortController(); await load(this.running.signal); this.running = undefined`: a later run puts its own there, and the end of this one drops it.
 * One that looks first whether the place is free, or whether it still holds its own, does not.
 */
export function forgottenIn(study: Study): Forgotten[] {
  const { graph, writes, fn, suspends } = study;
  if (!suspends || graph.isPartial) return [];
  const ends = writes.filter((write) => write.frame.fn === fn && isEmptying(write));
  const found = ends.flatMap((end) => {
    const own = writes.find((write) => write.frame.fn === fn && isHandle(write) && write.location.id === end.location.id && isMadeForRun(write, study) && comesWithoutFailure(graph, write, end));
    const suspensions = own ? suspensionsFrom(graph, own, end) : [];
    if (!own || suspensions.length === 0 || isCovered(study, own, end) || isValidatedAt(study, end) || isGuarded(study, own)) return [];
    return [{ own, suspensions, end }];
  });
  return found.slice(0, 1);
}

/** A key that no other run has. */
const OF_ONE_RUN = /(?:request|message|msg|call|correlation|run|job|task|invocation|execution|operation|transaction|attempt|trace)_?id$|uuid|token|nonce|symbol/i;

function isEmptying({ mode, value, location }: EffectOf<'write'>): boolean {
  const last = location.path.at(-1);
  if (last?.kind === 'element') return mode === 'shrink' && last.key !== undefined && !OF_ONE_RUN.test(last.key);
  return mode === 'replace' && value.kind === 'constant' && /^(?:undefined|null)$/.test(value.text);
}

/** What others reach the run by: something made for it, no plain value. */
function isHandle({ mode, value }: EffectOf<'write'>): boolean {
  return mode === 'replace' && value.kind !== 'constant' && value.kind !== 'unknown';
}

/** An object that the run has made, or that it was given: others reach it by that. */
function isMadeForRun({ value }: EffectOf<'write'>, { graph }: Study): boolean {
  return [...provenancesOf(graph.effects).of(value).makers].some((name) => name.startsWith('new ') || name === PARAMETER);
}

/** What is emptied only where the work has failed is no end of it. */
function comesWithoutFailure({ effects }: EffectGraph, own: Effect, end: Effect): boolean {
  const seen = new Set<number>();
  const pending = own.next.map(({ to }) => to);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === end.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    pending.push(...effects[id]!.next.map(({ to }) => to));
  }
  return false;
}

/** True if the run was let in only because the place, or another that says so, was free: then no later one puts its own there meanwhile. */
function isGuarded(study: Study, own: EffectOf<'write'>): boolean {
  const state = study.stateAt(own.id);
  if (!state || isGuardedFree(own.location, state, study.graph.effects) || [...state.locks].some((lock) => isNamedLock(lock) || lock.startsWith('latch ') || lock.startsWith('queue '))) return true;
  return state.decidingGuards().some(([, { facts }]) => [...facts.data].some((read) => {
    const effect = study.graph.effects[read];
    return effect?.kind === 'read' && (mayBeSame(effect.location, own.location) || isAtOrAbove(own.location, effect.location));
  }));
}
