import type { Glossary } from './glossary.js';

/** A branch of a wake-up tree: events, by their ranks in a glossary, and what it forks into; nothing where it ends. */
export interface ToldBranch {
  readonly events: readonly number[];
  readonly children?: readonly ToldBranch[];
}

/** A branch that leads to leaves that are to be explored. */
export interface UnitBranch {
  readonly events: readonly number[];
  /** Events between the branch to its left, if there is one, and itself: done, or somebody else's to do. */
  readonly left: readonly number[];
  /** Where it ends: which leaf of the unit that is. */
  readonly leaf?: number;
  readonly children?: readonly UnitBranch[];
}

/**
 * A part of a search: leaves of its wake-up tree, on their ways from the root. Plain data, self-contained: any search of the same
 * program can explore it. Without branches it is the whole search, one leaf.
 */
export interface Unit {
  readonly glossary: Glossary;
  readonly branches: readonly UnitBranch[];
}

/** A race whose first event is on the way to a leaf, turned round: the place of that event, and what should be explored from there on. */
export interface ToldReversal {
  readonly leaf: number;
  readonly first: number;
  readonly events: readonly number[];
}

/** A leaf that has become smaller, since some of what is left of it is given away. */
export interface Narrowed {
  readonly leaf: number;
  /** Its way is longer by these choices: what was chosen, and what has been done before that. */
  readonly choices: readonly { readonly event: number; readonly done: readonly number[] }[];
  /** What was planned at the last of them, to the right: given away. */
  readonly given: readonly ToldBranch[];
}

/** What a search that explores a unit has to tell. */
export interface Report {
  readonly glossary: Glossary;
  readonly reversals: readonly ToldReversal[];
  readonly narrowed?: Narrowed;
  /** Leaves of the unit that are given back, untouched. */
  readonly returned: readonly number[];
  /** What footprints presuppose (`Execution.terms`). */
  readonly terms: Readonly<Record<string, number>>;
}
