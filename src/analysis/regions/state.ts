import type { Slot, Value } from '../model/value.js';
import type { Facts, FactsTable } from './facts.js';
import type { LockSets } from './lock-sets.js';

/** A read that was executed on some way here. */
export interface ReadState {
  /** True if the task was suspended since, on some way: somebody may have changed the place meanwhile. */
  readonly isOvertaken: boolean;
  /** True if this task wrote the place right after it read it, in the same turn: what was seen has been acted on. */
  readonly isSpent: boolean;
  /** Locks held from the read until here. */
  readonly locks: ReadonlySet<string>;
}

/** A branch taken on the way here. */
export interface Guard {
  readonly facts: Facts;
  /** True if the task was suspended since it was evaluated, on some way. */
  readonly isOvertaken: boolean;
  /** True if it asks whether this task is still the one that counts: a sequence number, an abort signal. */
  readonly validates: boolean;
  readonly whenTrue: boolean;
  readonly whenFalse: boolean;
}

/** What all states of one graph have in common: they keep lists, and these say who stands where. */
export interface Numbering {
  readonly locks: LockSets;
  readonly facts: FactsTable;
  /** Effects of the reads that are followed. */
  readonly reads: ReadonlyMap<number, number>;
  readonly slots: Map<Slot, number>;
  /** Effects of branches, and those that are guards, by number. */
  readonly branches: Map<number, number>;
}

const EXECUTED = 1;
const OVERTAKEN = 2;
const SPENT = 4;
const LOCKS = 3;

/**
 * What is known at a place of the graph, over all ways that lead there. Never changed once made; parts are shared.
 * A guard both of whose outcomes lead here decides nothing; it is kept, or a loop would bring it back half.
 */
export class State {
  readonly #by: Numbering;
  /** For each followed read 0, or its flags and the number of its set of locks. */
  readonly #reads: Int32Array;
  readonly #slots: readonly (Facts | undefined)[];
  readonly #guards: readonly (Guard | undefined)[];
  /** Held on every way here, or given back in this turn: nobody else comes in before it ends. */
  readonly locks: ReadonlySet<string>;
  /** Of these the ones that the next suspension ends, on some way here. */
  readonly #ending: ReadonlySet<string>;

  private constructor(by: Numbering, reads: Int32Array, slots: readonly (Facts | undefined)[], guards: readonly (Guard | undefined)[], locks: ReadonlySet<string>, ending: ReadonlySet<string>) {
    this.#by = by;
    this.#reads = reads;
    this.#slots = slots;
    this.#guards = guards;
    this.locks = locks;
    this.#ending = ending;
  }

  static initial(by: Numbering, locks: Iterable<string>): State {
    return new State(by, new Int32Array(by.reads.size), [], [], by.locks.of(locks), by.locks.of([]));
  }

  /** What has become of a read since; undefined if it was not executed, or is not followed. */
  read(effect: number): ReadState | undefined {
    const code = this.#reads[this.#by.reads.get(effect) ?? -1] ?? 0;
    return code === 0 ? undefined : { isOvertaken: (code & OVERTAKEN) !== 0, isSpent: (code & SPENT) !== 0, locks: this.#by.locks.numbered(code >> LOCKS) };
  }

  /** Where a value comes from, as things stand here. */
  factsOf(value: Value): Facts {
    return this.#by.facts.of(value, (slot) => this.#slots[this.#by.slots.get(slot) ?? -1]);
  }

  /** The guards that decided that control is here, by their branches. */
  decidingGuards(): [number, Guard][] {
    const deciding: [number, Guard][] = [];
    for (const [branch, number] of this.#by.branches) {
      const guard = this.#guards[number];
      if (guard && guard.whenTrue !== guard.whenFalse) deciding.push([branch, guard]);
    }
    return deciding;
  }

  afterRead(effect: number): State {
    const read = this.#by.reads.get(effect);
    if (read === undefined) return this;
    const reads = this.#reads.slice();
    reads[read] = EXECUTED | (this.#by.locks.numberOf(this.locks) << LOCKS);
    return this.#with({ reads });
  }

  /** Every read has been overtaken once more, and what was given back is free. */
  afterSuspension(): State {
    const { locks: sets } = this.#by;
    const without = (set: ReadonlySet<string>): ReadonlySet<string> => [...this.#ending].reduce((left, lock) => sets.without(left, lock), set);
    const kept = this.#ending.size === 0 ? this.#reads : this.#mapLocks(without);
    const reads = kept.map((code) => (code === 0 ? 0 : code | OVERTAKEN));
    const guards = this.#guards.some((guard) => guard && !guard.isOvertaken) ? this.#guards.map((guard) => (!guard || guard.isOvertaken ? guard : { ...guard, isOvertaken: true })) : this.#guards;
    return this.#with({ reads, guards, locks: without(this.locks), ending: sets.of([]) });
  }

  /** @param reads The numbers of followed reads that have been acted on. */
  spend(reads: readonly number[]): State {
    if (!reads.some((read) => this.#reads[read] !== 0)) return this;
    const after = this.#reads.slice();
    for (const read of reads) if (after[read] !== 0) after[read]! |= SPENT;
    return this.#with({ reads: after });
  }

  /** The same turn goes on under one lock more; with `coversTurn` what was read in it is covered too. */
  withLock(lock: string, coversTurn: boolean): State {
    const { locks } = this.#by;
    const reads = coversTurn ? this.#mapLocks((set, code) => ((code & OVERTAKEN) === 0 ? locks.with(set, lock) : set)) : this.#reads;
    return this.#with({ reads, locks: locks.with(this.locks, lock), ending: locks.without(this.#ending, lock) });
  }

  withoutLock(lock: string): State {
    const { locks } = this.#by;
    return this.locks.has(lock) ? this.#with({ ending: locks.with(this.#ending, lock) }) : this;
  }

  withSlot(slot: Slot, facts: Facts): State {
    const slots = replaced(this.#slots, numberOf(this.#by.slots, slot), facts);
    return slots === this.#slots ? this : this.#with({ slots });
  }

  withGuard(branch: number, guard: Guard): State {
    return this.#with({ guards: replaced(this.#guards, numberOf(this.#by.branches, branch), guard) });
  }

  /** This state itself where `other` adds nothing. */
  join(other: State): State {
    if (this === other) return this;
    const reads = this.#joinReads(other.#reads);
    const slots = joinLists(this.#slots, other.#slots, (a, b) => this.#by.facts.unite(a, b));
    const guards = joinLists(this.#guards, other.#guards, (a, b) => this.#joinGuards(a, b));
    const locks = this.#by.locks.common(this.locks, other.locks);
    const ending = this.#by.locks.either(this.#ending, other.#ending);
    const isSame = reads === this.#reads && slots === this.#slots && guards === this.#guards && locks === this.locks && ending === this.#ending;
    return isSame ? this : this.#with({ reads, slots, guards, locks, ending });
  }

  #with({ reads = this.#reads, slots = this.#slots, guards = this.#guards, locks = this.locks, ending = this.#ending }: { reads?: Int32Array; slots?: readonly (Facts | undefined)[]; guards?: readonly (Guard | undefined)[]; locks?: ReadonlySet<string>; ending?: ReadonlySet<string> }): State {
    return new State(this.#by, reads, slots, guards, locks, ending);
  }

  #mapLocks(change: (locks: ReadonlySet<string>, code: number) => ReadonlySet<string>): Int32Array {
    const { locks } = this.#by;
    return this.#reads.map((code) => (code === 0 ? 0 : (code & (EXECUTED | OVERTAKEN | SPENT)) | (locks.numberOf(change(locks.numbered(code >> LOCKS), code)) << LOCKS)));
  }

  #joinReads(other: Int32Array): Int32Array {
    const own = this.#reads;
    let joined: Int32Array | undefined;
    for (let read = 0; read < own.length; read++) {
      const [a, b] = [own[read]!, other[read]!];
      if (a === b || b === 0) continue;
      const code = a === 0 ? b : this.#joinRead(a, b);
      if (code !== a) (joined ??= own.slice())[read] = code;
    }
    return joined ?? own;
  }

  #joinRead(a: number, b: number): number {
    const { locks } = this.#by;
    const common = a >> LOCKS === b >> LOCKS ? a >> LOCKS : locks.numberOf(locks.common(locks.numbered(a >> LOCKS), locks.numbered(b >> LOCKS)));
    return EXECUTED | ((a | b) & OVERTAKEN) | (a & b & SPENT) | (common << LOCKS);
  }

  #joinGuards(a: Guard, b: Guard): Guard {
    const facts = this.#by.facts.unite(a.facts, b.facts);
    const joined = { facts, isOvertaken: a.isOvertaken || b.isOvertaken, validates: a.validates, whenTrue: a.whenTrue || b.whenTrue, whenFalse: a.whenFalse || b.whenFalse };
    const isSame = joined.facts === a.facts && joined.isOvertaken === a.isOvertaken && joined.whenTrue === a.whenTrue && joined.whenFalse === a.whenFalse;
    return isSame ? a : joined;
  }
}

function numberOf<K>(numbers: Map<K, number>, key: K): number {
  let number = numbers.get(key);
  if (number === undefined) numbers.set(key, (number = numbers.size));
  return number;
}

function replaced<T>(list: readonly T[], index: number, item: T): readonly T[] {
  if (list[index] === item) return list;
  const after = list.slice();
  after[index] = item;
  return after;
}

/** Gives `a` itself where `b` adds nothing, so that settled states are recognised at once. */
function joinLists<T extends object>(a: readonly (T | undefined)[], b: readonly (T | undefined)[], join: (x: T, y: T) => T): readonly (T | undefined)[] {
  if (a === b) return a;
  let joined: (T | undefined)[] | undefined;
  for (let index = 0; index < b.length; index++) {
    const other = b[index];
    const own = a[index];
    if (other === undefined || other === own) continue;
    const both = own === undefined ? other : join(own, other);
    if (both !== own) (joined ??= a.slice())[index] = both;
  }
  return joined ?? a;
}
