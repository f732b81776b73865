import type { Slot } from '../model/value.js';
import { sameFacts, unite } from './facts.js';
import type { Facts } from './facts.js';

/** A read that was executed on some way here. */
export interface ReadState {
  /** Suspensions passed since; none: nobody can have changed the place meanwhile. */
  readonly passed: ReadonlySet<number>;
  /** Locks held from the read until here. */
  readonly locks: ReadonlySet<string>;
  /** True if this task wrote the place right after it read it, in the same turn: what was seen has been acted on. */
  readonly isSpent: boolean;
}

/** A branch taken on the way here. */
export interface Guard {
  readonly facts: Facts;
  /** Suspensions passed since it was evaluated. */
  readonly passed: ReadonlySet<number>;
  /** True if it asks whether this task is still the one that counts: a sequence number, an abort signal. */
  readonly validates: boolean;
  readonly whenTrue: boolean;
  readonly whenFalse: boolean;
}

/**
 * What is known at a place of the graph, over all ways that lead there.
 * A guard both of whose outcomes lead here decides nothing; it is kept, or a loop would bring it back half.
 */
export interface State {
  readonly reads: ReadonlyMap<number, ReadState>;
  readonly slots: ReadonlyMap<Slot, Facts>;
  readonly guards: ReadonlyMap<number, Guard>;
  /** Held on every way here. */
  readonly locks: ReadonlySet<string>;
}

const emptySet: ReadonlySet<never> = new Set();

export function initialState(locks: Iterable<string> = []): State {
  return { reads: new Map(), slots: new Map(), guards: new Map(), locks: new Set(locks) };
}

export function joinStates(a: State, b: State): State {
  return {
    reads: joinMaps(a.reads, b.reads, joinReads),
    slots: joinMaps(a.slots, b.slots, unite),
    guards: joinMaps(a.guards, b.guards, joinGuards),
    locks: intersect(a.locks, b.locks),
  };
}

export function sameState(a: State, b: State): boolean {
  return sameMap(a.reads, b.reads, sameRead) && sameMap(a.slots, b.slots, sameFacts) && sameMap(a.guards, b.guards, sameGuard) && sameSet(a.locks, b.locks);
}

/** The state after a suspension: every read has been overtaken once more. */
export function afterSuspension(state: State, suspension: number): State {
  const reads = new Map<number, ReadState>();
  for (const [read, at] of state.reads) reads.set(read, at.passed.has(suspension) ? at : { ...at, passed: new Set([...at.passed, suspension]) });
  const guards = new Map<number, Guard>();
  for (const [branch, guard] of state.guards) guards.set(branch, guard.passed.has(suspension) ? guard : { ...guard, passed: new Set([...guard.passed, suspension]) });
  return { ...state, reads, guards };
}

export function afterRead(state: State, read: number): State {
  return { ...state, reads: new Map(state.reads).set(read, { passed: emptySet, locks: state.locks, isSpent: false }) };
}

/** The same turn goes on under one lock more; what was read in it is covered too. */
export function withLock(state: State, lock: string, coversTurn: boolean): State {
  const reads = coversTurn ? mapReads(state, (at) => (at.passed.size === 0 ? { ...at, locks: new Set([...at.locks, lock]) } : at)) : state.reads;
  return { ...state, reads, locks: new Set([...state.locks, lock]) };
}

export function withoutLock(state: State, lock: string): State {
  const drop = (locks: ReadonlySet<string>): ReadonlySet<string> => (locks.has(lock) ? new Set([...locks].filter((held) => held !== lock)) : locks);
  return { ...state, reads: mapReads(state, (at) => ({ ...at, locks: drop(at.locks) })), locks: drop(state.locks) };
}

export function mapReads(state: State, change: (at: ReadState, read: number) => ReadState): ReadonlyMap<number, ReadState> {
  return new Map([...state.reads].map(([read, at]) => [read, change(at, read)]));
}

function joinReads(a: ReadState, b: ReadState): ReadState {
  if (a === b || sameRead(a, b)) return a;
  return { passed: union(a.passed, b.passed), locks: intersect(a.locks, b.locks), isSpent: a.isSpent && b.isSpent };
}

function joinGuards(a: Guard, b: Guard): Guard {
  return a === b || sameGuard(a, b) ? a : {
    facts: unite(a.facts, b.facts),
    passed: union(a.passed, b.passed),
    validates: a.validates,
    whenTrue: a.whenTrue || b.whenTrue,
    whenFalse: a.whenFalse || b.whenFalse,
  };
}

/** Gives `a` itself where `b` adds nothing, so that settled states are recognised at once. */
function joinMaps<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>, join: (x: V, y: V) => V): ReadonlyMap<K, V> {
  if (a === b) return a;
  let joined: Map<K, V> | undefined;
  for (const [key, value] of b) {
    const other = a.get(key);
    const both = other === undefined ? value : join(other, value);
    if (both !== other) (joined ??= new Map(a)).set(key, both);
  }
  return joined ?? a;
}

function union(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return sameSet(a, b) ? a : new Set([...a, ...b]);
}

function intersect(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return a === b ? a : new Set([...a].filter((lock) => b.has(lock)));
}

function sameMap<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>, same: (x: V, y: V) => boolean): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !same(value, other)) return false;
  }
  return true;
}

function sameRead(a: ReadState, b: ReadState): boolean {
  return a === b || (a.isSpent === b.isSpent && sameSet(a.passed, b.passed) && sameSet(a.locks, b.locks));
}

function sameGuard(a: Guard, b: Guard): boolean {
  return a === b || (a.whenTrue === b.whenTrue && a.whenFalse === b.whenFalse && sameSet(a.passed, b.passed) && sameFacts(a.facts, b.facts));
}

function sameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const item of a) if (!b.has(item)) return false;
  return true;
}

/** The guards that decided that control is here. */
export function decidingGuards(state: State): Guard[] {
  return [...state.guards.values()].filter(({ whenTrue, whenFalse }) => whenTrue !== whenFalse);
}
