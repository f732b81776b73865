import type { FiredEvent } from './happens-before.js';
import { happensBefore } from './happens-before.js';
import type { Footprint } from './footprint.js';

/**
 * A branch of a wake-up tree (Abdulla, Aronis, Jonsson, Sagonas: Source Sets, JACM 2017): events that are still to be fired in this
 * order, since the execution that results is in no class explored so far.
 */
export interface Branch {
  readonly id: string;
  /** What it touches there, unless that is only known once it has been fired. */
  readonly footprint: Footprint | undefined;
  readonly children: Branch[];
}

/** An event whose continuations have all been explored: as long as nothing dependent is fired, firing it leads nowhere new. */
export interface Sleeper {
  readonly id: string;
  readonly footprint: Footprint;
}

/** An event that is put first; what it touches there is not always known. */
export interface Tail {
  readonly id: string;
  readonly footprint: Footprint | undefined;
}

/** The race of two events of an execution turned round: the events that do not come after the first, and then the second. */
export function reversedRace(execution: readonly FiredEvent[], first: number, second: Tail): Reversal {
  const body: number[] = [];
  for (let index = first + 1; index < execution.length; index++) {
    const event = execution[index]!;
    if (event.id !== second.id && !happensBefore(first, event)) body.push(index);
  }
  return new Reversal(execution, body, second);
}

/** A sequence of events that should be explored from a choice on: some of an execution, in its order, and a last one. */
export class Reversal {
  readonly #past: readonly FiredEvent[];
  /** Indices in the execution. */
  #indices: readonly number[];
  #tail: Tail | undefined;

  constructor(execution: readonly FiredEvent[], indices: readonly number[], tail: Tail) {
    this.#past = execution;
    this.#indices = indices;
    this.#tail = tail;
  }

  /** Whether all that could follow this sequence has been explored already, since a sleeping event may come first in it. */
  isCoveredBy(sleepers: readonly Sleeper[]): boolean {
    return sleepers.some((sleeper) => this.#mayStartWith(sleeper.id, sleeper.footprint, true));
  }

  /** Adds the sequence to the tree, unless it is there. Equivalent beginnings are shared. */
  insertInto(tree: Branch[]): void {
    let branches = tree;
    for (;;) {
      const shared = branches.find((branch) => this.#mayStartWith(branch.id, branch.footprint, false));
      if (shared === undefined) break;
      this.#drop(shared.id);
      if (shared.children.length === 0) return;
      branches = shared.children;
    }
    for (const index of this.#indices) branches = grow(branches, this.#past[index]!.id, this.#past[index]!.footprint);
    if (this.#tail !== undefined) grow(branches, this.#tail.id, this.#tail.footprint);
  }

  /**
   * Whether the sequence is equivalent to one that starts with this event, or that this event could be put before (a "weak initial").
   * `isExact`: the footprint is what the event really touches when fired first.
   */
  #mayStartWith(id: string, footprint: Footprint | undefined, isExact: boolean): boolean {
    if (this.#tail?.id === id) {
      const isKnown = footprint !== undefined && (isExact || this.#tail.footprint !== undefined);
      return this.#indices.length === 0 || (isKnown && this.#isIndependentOfBody(footprint));
    }
    for (let place = 0; place < this.#indices.length; place++) {
      if (this.#past[this.#indices[place]!]!.id === id) return this.#isFirst(place);
    }
    if (footprint === undefined || !this.#isIndependentOfBody(footprint)) return false;
    return this.#tail === undefined || (this.#tail.footprint !== undefined && !this.#tail.footprint.conflictsWith(footprint));
  }

  #isFirst(place: number): boolean {
    const event = this.#past[this.#indices[place]!]!;
    for (let earlier = 0; earlier < place; earlier++) if (happensBefore(this.#indices[earlier]!, event)) return false;
    return true;
  }

  #isIndependentOfBody(footprint: Footprint): boolean {
    for (const index of this.#indices) if (this.#past[index]!.footprint.conflictsWith(footprint)) return false;
    return true;
  }

  #drop(id: string): void {
    if (this.#tail?.id === id) this.#tail = undefined;
    else this.#indices = this.#indices.filter((index) => this.#past[index]!.id !== id);
  }
}

function grow(branches: Branch[], id: string, footprint: Footprint | undefined): Branch[] {
  const branch: Branch = { id, footprint, children: [] };
  branches.push(branch);
  return branch.children;
}
