import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { successors } from '../regions/reach.js';
import { leftAt } from './loose.js';

export type Acquire = EffectOf<'acquire'>;

/** True if whoever takes the lock so keeps out all others who do; of how many it lets in, one is assumed where nobody says. */
export function excludes({ permits, isShared }: Acquire): boolean {
  return (permits === undefined || permits === 1) && !isShared;
}

/** The locks held on every way to a place, and where each was taken; several times if it was taken within itself. */
export type Held = ReadonlyMap<string, readonly Acquire[]>;

const nothing: Held = new Map();
const known = new WeakMap<EffectGraph, readonly (Held | undefined)[]>();

/** For each effect of a graph what is held before it; undefined where control never comes. Latches and locks of the caller are not counted. */
export function heldIn(graph: EffectGraph): readonly (Held | undefined)[] {
  let held = known.get(graph);
  if (!held) known.set(graph, (held = ofKind(graph.effects, 'acquire').length > 0 ? solve(graph.effects) : graph.effects.map(() => nothing)));
  return held;
}

function solve(effects: readonly Effect[]): (Held | undefined)[] {
  const before: (Held | undefined)[] = [nothing];
  const pending = [0];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const effect = effects[id]!;
    const after = effect.kind === 'suspend' ? without(before[id]!, leftAt(id, before[id]!.keys(), effects)) : transfer(effect, before[id]!);
    for (const to of successors(effect)) {
      // An acquisition that fails has not got it.
      const arriving = to === effect.handler && effect.kind === 'acquire' ? before[id]! : after;
      const joined = before[to] ? meet(before[to], arriving) : arriving;
      if (before[to] && isSame(joined, before[to])) continue;
      before[to] = joined;
      pending.push(to);
    }
  }
  return before;
}

function transfer(effect: Effect, held: Held): Held {
  if (effect.kind === 'acquire') return new Map(held).set(effect.lock, [...(held.get(effect.lock) ?? []), effect]);
  const taken = effect.kind === 'release' ? held.get(effect.lock) : undefined;
  if (effect.kind !== 'release' || !taken) return held;
  const after = new Map(held);
  if (taken.length > 1) after.set(effect.lock, taken.slice(0, -1));
  else after.delete(effect.lock);
  return after;
}

function without(held: Held, locks: readonly string[]): Held {
  if (locks.length === 0) return held;
  const after = new Map(held);
  for (const lock of locks) after.delete(lock);
  return after;
}

function meet(a: Held, b: Held): Held {
  if (a === b) return a;
  const both = new Map<string, readonly Acquire[]>();
  for (const [lock, taken] of a) {
    const other = b.get(lock);
    if (other) both.set(lock, other.length < taken.length ? other : taken);
  }
  return both;
}

function isSame(a: Held, b: Held): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [lock, taken] of a) if (b.get(lock)?.length !== taken.length) return false;
  return true;
}
