import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import { holderOf, isAtOrAbove, mayBeSame } from '../model/location.js';
import type { Location } from '../model/location.js';
import { FactsTable, opposite } from './facts.js';
import type { Says } from './facts.js';
import { excludes } from '../locks/held.js';
import { leftAt, looseIn } from '../locks/loose.js';
import { LockSets } from './lock-sets.js';
import type { Slot } from '../model/value.js';
import { inertSlots } from './inert.js';
import { isFirstInLine, lineName } from './lines.js';
import { mayThrow, predecessorsOf, readsToFollow, successors } from './reach.js';
import { State } from './state.js';
import type { Guard, Numbering } from './state.js';

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
  return new Flow(graph, worth, textOf).solve(heldLocks);
}

class Flow {
  readonly #effects: readonly Effect[];
  readonly #worth: ReadonlySet<number>;
  readonly #textOf: (effect: Effect) => string;
  readonly #by: Numbering;
  readonly #before: (State | undefined)[] = [];
  /** What came to an effect last, and the effects that it may come from. */
  readonly #last: (State | undefined)[] = [];
  readonly #into: readonly (readonly number[])[];
  readonly #pending = new Set<number>();
  readonly #inert: ReadonlySet<Slot>;
  /** For each write the reads that it acts on. */
  readonly #spent = new Map<number, readonly number[]>();

  constructor({ effects }: EffectGraph, worth: ReadonlySet<number>, textOf: (effect: Effect) => string) {
    this.#effects = effects;
    this.#worth = worth;
    this.#textOf = textOf;
    this.#into = predecessorsOf(effects);
    this.#inert = inertSlots(effects);
    const reads = new Map([...readsToFollow(effects)].map((read, number) => [read, number]));
    this.#by = { locks: new LockSets(), facts: new FactsTable(reads), reads, slots: new Map(), branches: new Map() };
  }

  solve(heldLocks: Iterable<string>): Solution {
    const order = reversePostorder(this.#effects);
    let visits = this.#effects.length * MOST_VISITS_PER_EFFECT;
    this.#before[0] = State.initial(this.#by, heldLocks);
    this.#pending.add(0);
    while (this.#pending.size > 0 && visits > 0) {
      for (const id of order) {
        if (!this.#pending.delete(id)) continue;
        visits--;
        this.#pass(this.#effects[id]!, this.#before[id]!);
      }
    }
    return { before: this.#before, spawned: visits > 0 ? spawnedIn(this.#effects, this.#before) : [] };
  }

  #pass(effect: Effect, state: State): void {
    const after = this.#transfer(effect, state);
    for (const { to, outcome } of effect.next) this.#flow(to, outcome === undefined || effect.kind !== 'branch' ? after : this.#guarded(after, effect, outcome));
    if (effect.handler === undefined || !mayThrow(effect)) return;
    this.#flow(effect.handler, state);
    if (after !== state) this.#flow(effect.handler, after);
  }

  #flow(to: number, state: State): void {
    if (!this.#worth.has(to) || this.#last[to] === state) return;
    this.#last[to] = state;
    const known = this.#before[to];
    // Where only one way leads, what comes by it now holds all that came before.
    const joined = known && this.#into[to]!.length > 1 ? known.join(state) : state;
    if (known === joined) return;
    this.#before[to] = joined;
    this.#pending.add(to);
  }

  #transfer(effect: Effect, state: State): State {
    switch (effect.kind) {
      case 'read':
        return state.afterRead(effect.id);
      case 'write':
        return this.#afterWrite(effect, state);
      case 'suspend':
        return withoutLeft(effect, queuedUp(effect, state, this.#effects), this.#effects).afterSuspension();
      case 'acquire':
        return excludes(effect) ? state.withLock(effect.lock, false) : state;
      case 'claim':
        return isGuardedFree(effect.place, state, this.#effects) ? state.withLock(latchName(effect.place), true) : state;
      case 'release':
        return state.withoutLock(effect.lock);
      case 'assign':
        return this.#inert.has(effect.slot) ? state : state.withSlot(effect.slot, state.factsOf(effect.value));
      default:
        return state;
    }
  }

  /**
   * A write acts on what was read of its place: later acts no longer rest on those reads. A place that is claimed in the turn in
   * which it was found free is a latch: a lock until it is written again.
   */
  #afterWrite(effect: EffectOf<'write'>, state: State): State {
    const claims = isClaim(effect, state, this.#effects);
    const latch = latchName(effect.location);
    const written = state.spend(isEmptying(effect, state) ? this.#spentBy(effect).filter((read) => !isFoundFree(read, state, this.#by)) : this.#spentBy(effect));
    const inLine = effect.mode === 'grow' ? written : written.withoutLock(lineName(effect.location));
    return claims ? inLine.withLock(latch, true) : inLine.withoutLock(latch);
  }

  #spentBy({ id, location }: EffectOf<'write'>): readonly number[] {
    let spent = this.#spent.get(id);
    if (!spent) this.#spent.set(id, (spent = [...this.#by.reads].filter(([read]) => isSpentBy(locationOf(this.#effects, read), location)).map(([, number]) => number)));
    return spent;
  }

  #guarded(state: State, effect: EffectOf<'branch'>, outcome: boolean): State {
    const facts = state.factsOf(effect.test);
    const validates = (facts.isEquality && facts.isRead) || VALIDATING.test(this.#textOf(effect));
    if (!validates && facts.data.size === 0) return state;
    const guard: Guard = { facts, isOvertaken: false, validates, whenTrue: outcome, whenFalse: !outcome };
    return this.#inLine(state, effect, guard).withGuard(effect.id, guard);
  }

  /** Who finds itself first in line has the line for itself, and who finds something there has it still. */
  #inLine(state: State, effect: EffectOf<'branch'>, guard: Guard): State {
    return saysOf(guard).reduce((after, [read, says]) => {
      const place = locationOf(this.#effects, read);
      const line = lineName(place);
      if (says === 'full' && after.locks.has(line)) return after.withLock(line, false);
      return isFirstInLine(effect, guard.whenTrue, this.#textOf(effect), place, this.#effects) ? after.withLock(line, true) : after;
    }, state);
  }
}

const VALIDATING = /abort|cancel(?:l?ed|l?ation)|isCurrent|isLatest|mounted|generation|epoch|version|sequence|\bseq|requestId|stale|superseded|token\s*[!=]==/i;

function isSpentBy(read: Location, written: Location): boolean {
  return mayBeSame(read, written) || isAtOrAbove(written, read);
}

/** `this.socket = undefined`: there is nothing in the place. An empty collection is something. */
function isEmptying({ value, mode }: EffectOf<'write'>, state: State): boolean {
  const { isEmpty, isFresh } = state.factsOf(value);
  return mode === 'replace' && isEmpty && !isFresh && (value.kind !== 'constant' || /^(?:undefined|null)$/.test(value.text));
}

/** True if the task has read there, by the number of the read, that the place is free: whoever comes next finds it so too, and nothing was acted on by leaving it so. */
function isFoundFree(number: number, state: State, { reads }: Numbering): boolean {
  const [read] = [...reads].find(([, other]) => other === number) ?? [];
  const said = new Set(state.decidingGuards().flatMap(([, guard]) => (guard.isOvertaken ? [] : saysOf(guard).flatMap(([about, says]) => (about === read ? [says] : [])))));
  return (said.has('empty') || said.has('expired')) && !said.has('full');
}

function isClaim(effect: EffectOf<'write'>, state: State, effects: readonly Effect[]): boolean {
  if (effect.mode === 'clear' || effect.mode === 'shrink') return false;
  const value = state.factsOf(effect.value);
  if (value.isEmpty) return false;
  return state.decidingGuards().some(([, guard]) => saysOf(guard).some(([read, says]) => {
    const at = state.read(read);
    if (!at || at.isOvertaken || at.isSpent || !sameHolder(locationOf(effects, read), effect.location)) return false;
    return says === 'empty' || (says === 'other' && (value.isConstant || !value.isRead));
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

/** Work that nobody waits for is not covered by the locks of whoever started it, once that has gone on. */
function withoutLeft({ id }: Effect, state: State, effects: readonly Effect[]): State {
  return leftAt(id, state.locks, effects).reduce((covered, lock) => covered.withoutLock(lock), state);
}

/**
 * Waiting for what stood in a place that this task has replaced since is how queues of promises work:
 * whoever comes next waits for this task in turn.
 */
function queuedUp(effect: EffectOf<'suspend'>, state: State, effects: readonly Effect[]): State {
  const replaced = [...state.factsOf(effect.awaited).data].find((read) => {
    const at = state.read(read);
    return at?.isSpent && !at.isOvertaken;
  });
  return replaced === undefined ? state : state.withLock(`queue ${locationOf(effects, replaced).id}`, false);
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
    const loose = looseIn(effects).find(({ start }) => start === effect);
    return [{ fn: effect.started, locks: new Set([...[...state.locks].filter((lock) => !loose?.isLeftBy(lock)), ...claimed]) }];
  });
}

/** True if the task has just found nothing in the place. */
export function isGuardedFree(place: Location, state: State, effects: readonly Effect[]): boolean {
  return state.decidingGuards().some(([, guard]) => saysOf(guard).some(([read, says]) => says === 'empty' && state.read(read)?.isOvertaken === false && locationOf(effects, read).id === place.id));
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
