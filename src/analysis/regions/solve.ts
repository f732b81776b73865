import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import { holderOf, isAtOrAbove, mayBeSame } from '../model/location.js';
import type { Location } from '../model/location.js';
import { mayThrow, readsToFollow, successors } from './reach.js';
import { factsOf, opposite } from './facts.js';
import type { Facts, Says } from './facts.js';
import { afterRead, afterSuspension, decidingGuards, initialState, joinStates, mapReads, sameState, withLock, withoutLock } from './state.js';
import type { Guard, State } from './state.js';

/** A function that is started and not waited for, and the locks that cover it. */
export interface Spawned {
  readonly fn: FunctionInfo;
  readonly locks: ReadonlySet<string>;
}

export interface Solution {
  /** What is known before each effect; undefined where control never comes. */
  readonly before: readonly (State | undefined)[];
  readonly spawned: readonly Spawned[];
}

/** A graph is followed at most so often; what has not settled by then is left. */
const MOST_VISITS_PER_EFFECT = 12;

/** Forward flow over the graph, as far as it is worth following, to its least fixed point. */
export function solve(graph: EffectGraph, worth: ReadonlySet<number>, textOf: (effect: Effect) => string, heldLocks: Iterable<string> = []): Solution {
  const { effects } = graph;
  const before: (State | undefined)[] = [];
  before[0] = initialState(heldLocks);
  const order = reversePostorder(effects);
  const followed = readsToFollow(effects);
  const pending = new Set<number>([0]);
  let visits = effects.length * MOST_VISITS_PER_EFFECT;

  const flow = (to: number, state: State): void => {
    if (!worth.has(to)) return;
    const known = before[to];
    const joined = known ? joinStates(known, state) : state;
    if (known && sameState(known, joined)) return;
    before[to] = joined;
    pending.add(to);
  };

  while (pending.size > 0 && visits > 0) {
    for (const id of order) {
      if (!pending.delete(id)) continue;
      visits--;
      const effect = effects[id]!;
      const state = before[id]!;
      const after = effect.kind === 'read' && !followed.has(id) ? state : transfer(effect, state, effects);
      for (const { to, outcome } of effect.next) flow(to, outcome === undefined || effect.kind !== 'branch' ? after : withGuard(after, effect, outcome, textOf, followed));
      if (effect.handler !== undefined && mayThrow(effect)) flow(effect.handler, joinStates(state, after));
    }
  }
  return { before, spawned: visits > 0 ? spawnedIn(effects, before) : [] };
}

function transfer(effect: Effect, state: State, effects: readonly Effect[]): State {
  switch (effect.kind) {
    case 'read':
      return afterRead(state, effect.id);
    case 'write':
      return afterWrite(effect, state, effects);
    case 'suspend':
      return afterSuspension(queuedUp(effect, state, effects), effect.id);
    case 'acquire':
      return withLock(state, effect.lock, false);
    case 'claim':
      return isGuardedFree(effect.place, state, effects) ? withLock(state, latchName(effect.place), true) : state;
    case 'release':
      return withoutLock(state, effect.lock);
    case 'assign':
      return { ...state, slots: new Map(state.slots).set(effect.slot, factsOf(effect.value, state.slots)) };
    default:
      return state;
  }
}

/**
 * A write acts on what was read of its place: later acts no longer rest on those reads. A place that is claimed in the turn in
 * which it was found free is a latch: a lock until it is written again.
 */
function afterWrite(effect: EffectOf<'write'>, state: State, effects: readonly Effect[]): State {
  const claims = isClaim(effect, state, effects);
  const latch = latchName(effect.location);
  const written = { ...state, reads: mapReads(state, (at, read) => (isSpentBy(locationOf(effects, read), effect.location) ? { ...at, isSpent: true } : at)) };
  return claims ? withLock(written, latch, true) : withoutLock(written, latch);
}

function isSpentBy(read: Location, written: Location): boolean {
  return mayBeSame(read, written) || isAtOrAbove(written, read);
}

function isClaim(effect: EffectOf<'write'>, state: State, effects: readonly Effect[]): boolean {
  if (effect.mode === 'clear' || effect.mode === 'shrink') return false;
  const value = factsOf(effect.value, state.slots);
  if (value.isEmpty) return false;
  return decidingGuards(state).some((guard) => saysOf(guard).some(([read, says]) => {
    const at = state.reads.get(read);
    if (!at || at.passed.size > 0 || at.isSpent || !sameHolder(locationOf(effects, read), effect.location)) return false;
    return says === 'empty' || (says === 'other' && (value.isConstant || value.data.size === 0));
  }));
}

function sameHolder(read: Location, written: Location): boolean {
  return read.id === written.id || (effectIsElement(written) && mayBeSame(read, written) && holderOf(read).id === holderOf(written).id);
}

function effectIsElement(location: Location): boolean {
  return location.path.at(-1)?.kind === 'element';
}

export function latchName(location: Location): string {
  return `latch ${location.id}`;
}

/**
 * Waiting for what stood in a place that this task has replaced since is how queues of promises work:
 * whoever comes next waits for this task in turn.
 */
function queuedUp(effect: EffectOf<'suspend'>, state: State, effects: readonly Effect[]): State {
  const facts = factsOf(effect.awaited, state.slots);
  const replaced = [...facts.data].find((read) => {
    const at = state.reads.get(read);
    return at?.isSpent && at.passed.size === 0;
  });
  return replaced === undefined ? state : withLock(state, `queue ${locationOf(effects, replaced).id}`, false);
}

const VALIDATING = /abort|cancel+ed|isCurrent|isLatest|mounted|generation|epoch|version|sequence|\bseq|requestId|stale|superseded|token\s*[!=]==/i;

function withGuard(state: State, effect: EffectOf<'branch'>, outcome: boolean, textOf: (effect: Effect) => string, followed: ReadonlySet<number>): State {
  const facts = factsOf(effect.test, state.slots);
  const validates = (facts.isEquality && facts.data.size > 0) || VALIDATING.test(textOf(effect));
  if (!validates && ![...facts.data].some((read) => followed.has(read))) return state;
  return { ...state, guards: new Map(state.guards).set(effect.id, { facts, passed: new Set(), validates, whenTrue: outcome, whenFalse: !outcome }) };
}

/** What a deciding guard says of the places read for it. */
export function saysOf(guard: Guard): (readonly [number, Says])[] {
  return [...guard.facts.says].flatMap(([read, set]) => [...set].map((says) => [read, guard.whenTrue ? says : opposite(says)] as const));
}

export function locationOf(effects: readonly Effect[], read: number): Location {
  const effect = effects[read]!;
  if (effect.kind !== 'read') throw new Error(`Effect ${read} is no read.`);
  return effect.location;
}

function spawnedIn(effects: readonly Effect[], before: readonly (State | undefined)[]): Spawned[] {
  return effects.flatMap((effect) => {
    const state = before[effect.id];
    if (effect.kind !== 'spawn' || !state) return [];
    const claimed = effect.kept && isGuardedFree(effect.kept, state, effects) ? [latchName(effect.kept)] : [];
    return [{ fn: effect.started, locks: new Set([...state.locks, ...claimed]) }];
  });
}

function isGuardedFree(place: Location, state: State, effects: readonly Effect[]): boolean {
  return decidingGuards(state).some((guard) => saysOf(guard).some(([read, says]) => says === 'empty' && state.reads.get(read)?.passed.size === 0 && locationOf(effects, read).id === place.id));
}

export function factsAt(state: State, value: Parameters<typeof factsOf>[0]): Facts {
  return factsOf(value, state.slots);
}

function reversePostorder(effects: readonly Effect[]): number[] {
  const order: number[] = [];
  const seen = new Set<number>([0]);
  const stack: { id: number; next: number[] }[] = [{ id: 0, next: successors(effects[0]!) }];
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const to = top.next.pop();
    if (to === undefined) {
      order.push(top.id);
      stack.pop();
    } else if (!seen.has(to)) {
      seen.add(to);
      stack.push({ id: to, next: successors(effects[to]!) });
    }
  }
  return order.reverse();
}
