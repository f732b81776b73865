import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import { holderOf, isAtOrAbove, mayBeSame } from '../model/location.js';
import type { Location } from '../model/location.js';

/** Where control may go next, exceptions included. */
export function successors(effect: Effect): number[] {
  const next = effect.next.map(({ to }) => to);
  if (effect.handler !== undefined && mayThrow(effect)) next.push(effect.handler);
  return next;
}

/** True if control may come to `goal` from one of the starts without coming by a barrier. */
export function reachesPast(starts: readonly number[], goal: number, effects: readonly Effect[], barriers: Iterable<number>): boolean {
  const seen = new Set(barriers);
  const pending = [...starts];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === goal) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    pending.push(...successors(effects[id]!));
  }
  return false;
}

const predecessors = new WeakMap<readonly Effect[], number[][]>();

/** Where control may have come from, for each effect of a finished graph. */
export function predecessorsOf(effects: readonly Effect[]): readonly (readonly number[])[] {
  let backward = predecessors.get(effects);
  if (!backward) {
    const into: number[][] = effects.map(() => []);
    for (const effect of effects) for (const to of successors(effect)) into[to]!.push(effect.id);
    predecessors.set(effects, (backward = into));
  }
  return backward;
}

export function mayThrow({ kind }: Effect): boolean {
  return kind === 'call' || kind === 'suspend' || kind === 'throw' || kind === 'acquire' || kind === 'spawn';
}

const nothing: ReadonlySet<number> = new Set();

/**
 * The effects on the way to something that the flow is followed for: a write of what was read before a suspension that comes
 * before it, or the start of a function that `isOfInterest`. Empty where there is nothing of the kind.
 */
export function worthFollowing({ effects }: EffectGraph, isOfInterest: (fn: FunctionInfo) => boolean): ReadonlySet<number> {
  const isStarting = (effect: Effect): boolean => effect.kind === 'spawn' && isOfInterest(effect.started);
  const suspensions = ofKind(effects, 'suspend').map(({ id }) => id);
  if ((suspensions.length === 0 || ofKind(effects, 'write').length === 0) && !ofKind(effects, 'spawn').some(isStarting)) return nothing;
  const forward = effects.map(successors);
  const backward = predecessorsOf(effects);
  const [before, after] = [reach(suspensions, backward), reach(suspensions, forward)];
  const reads = distinct(ofKind(effects, 'read').filter(({ id }) => before.has(id)));
  const isGoal = (effect: Effect): boolean => {
    if (effect.kind === 'spawn') return isStarting(effect);
    return effect.kind === 'write' && after.has(effect.id) && reads.some((read) => isConcerned(read, effect.location));
  };
  return reach(effects.filter(isGoal).map(({ id }) => id), backward);
}

/** The effects on the way to one. */
export function waysTo({ effects }: EffectGraph, effect: number): ReadonlySet<number> {
  return reach([effect], predecessorsOf(effects));
}

/** Reads of what the graph also writes or claims; no act can rest on any other. */
export function readsToFollow(effects: readonly Effect[]): ReadonlySet<number> {
  const places = new Map<string, Location>();
  for (const effect of effects) {
    const place = effect.kind === 'write' ? effect.location : effect.kind === 'claim' ? effect.place : effect.kind === 'spawn' ? effect.kept : undefined;
    if (place) places.set(place.id, place);
  }
  const reads = ofKind(effects, 'read');
  const concerned = new Set(distinct(reads).filter((read) => [...places.values()].some((place) => isConcerned(read, place))).map(({ id }) => id));
  return new Set(reads.filter(({ location }) => concerned.has(location.id)).map(({ id }) => id));
}

/** True if what was read there may have to do with what is written. */
function isConcerned(read: Location, written: Location): boolean {
  return mayBeSame(read, written) || isAtOrAbove(written, read) || holderOf(read).id === holderOf(written).id;
}

function distinct(reads: readonly EffectOf<'read'>[]): Location[] {
  return [...new Map(reads.map(({ location }) => [location.id, location])).values()];
}

/** Everything that `next` leads to from `starts`, these included. */
function reach(starts: readonly number[], next: readonly (readonly number[])[]): Set<number> {
  const seen = new Set(starts);
  const pending = [...starts];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const to of next[id]!) {
      if (seen.has(to)) continue;
      seen.add(to);
      pending.push(to);
    }
  }
  return seen;
}
