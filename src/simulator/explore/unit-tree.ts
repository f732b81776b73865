import { Keys } from './footprint.js';
import { eventsOf, GlossaryWriter, type KnownEvent } from './glossary.js';
import type { Narrowed, Report, ToldBranch, Unit, UnitBranch } from './unit.js';

/** A leaf of the tree: all that follows it is to be explored, is being explored, or has been. */
class Leaf {
  node: Node;
  state: 'planned' | 'under way' | 'done' = 'planned';

  constructor(node: Node) {
    this.node = node;
  }
}

/** Events that follow each other without a fork, and what they fork into, or the leaf where they end. */
class Node {
  parent: Node | undefined;
  events: readonly KnownEvent[];
  end: Leaf | Node[];
  /** Leaves below it that nobody explores yet. */
  planned = 0;

  constructor(parent: Node | undefined, events: readonly KnownEvent[]) {
    this.parent = parent;
    this.events = events;
    this.end = new Leaf(this);
  }

  /** Makes it fork before the event at `place`; gives what it forks into: as yet one node, with all that it had there. */
  fork(place: number): Node[] {
    const rest = new Node(this, this.events.slice(place));
    rest.end = this.end;
    rest.planned = this.planned;
    if (rest.end instanceof Leaf) rest.end.node = rest;
    else for (const child of rest.end) child.parent = rest;
    this.events = this.events.slice(0, place);
    return (this.end = [rest]);
  }

  /** The events from the root on. */
  get way(): KnownEvent[] {
    return this.parent === undefined ? [...this.events] : [...this.parent.way, ...this.events];
  }
}

/** A unit that somebody explores. */
export interface Lease {
  readonly unit: Unit;
  /** By their ranks in the unit. */
  readonly leaves: readonly Leaf[];
}

/**
 * The wake-up tree of an optimal search that several explore at the same time, kept until all of it is done.
 *
 *  1. A class belongs to the leaf that is found from the root by going, at each choice, into the first child that may come first in it
 *     (a weak initial). No class belongs to two leaves, whatever the order in which they are explored.
 *  2. A race that is turned round leads to such a leaf, or a new one grows to the right of where the way ends. The way is followed from
 *     the root on, since what sleeps where the race begins may have fallen asleep earlier.
 *  3. What sleeps along the way to a leaf is awake at its end, so whoever explores it needs nothing but its events.
 *  4. When nothing is left, a sequential search that had the tree as its wake-up tree would add nothing to it: all is explored.
 */
export class UnitTree {
  readonly #keys = new Keys();
  readonly #root = new Node(undefined, []);
  readonly #terms = new Map<string, number>();
  /** Two searches have reported whose footprints cannot be compared. Nothing that was explored may be used then. */
  isTorn = false;

  constructor() {
    this.#count(this.#root, 1);
  }

  /** It is one leaf, as at first. */
  get isWhole(): boolean {
    return this.#root.end instanceof Leaf;
  }

  /** Leaves that nobody explores yet. */
  get planned(): number {
    return this.#root.planned;
  }

  /** So many of them, at most. */
  take(most: number): Lease {
    const leaves: Leaf[] = [];
    const writer = new GlossaryWriter();
    const branch = this.#leased(this.#root, [], Math.min(most, this.planned), leaves, writer);
    for (const leaf of leaves) this.#change(leaf, 'under way');
    return { unit: { glossary: writer.written, branches: this.#root.end instanceof Leaf ? [] : branch.children! }, leaves };
  }

  #leased({ events, end }: Node, left: readonly KnownEvent[], most: number, leaves: Leaf[], writer: GlossaryWriter): UnitBranch {
    const begin = { events: events.map((event) => writer.rankOf(event)), left: left.map((event) => writer.rankOf(event)) };
    if (end instanceof Leaf) return { ...begin, leaf: leaves.push(end) - 1 };
    const children: UnitBranch[] = [];
    let beside: KnownEvent[] = [];
    for (const child of end) {
      const missing = most - leaves.length;
      if (child.planned === 0 || missing === 0) {
        beside.push(child.events[0]!);
        continue;
      }
      children.push(this.#leased(child, beside, most, leaves, writer));
      beside = [];
    }
    return { ...begin, children };
  }

  /** What whoever explores a unit has found for others to do, and what is given away of it. */
  note({ leaves }: Lease, { glossary, reversals, narrowed, returned, terms }: Report): void {
    this.#compare(terms);
    const events = eventsOf(glossary, this.#keys);
    for (const { leaf, first, events: ranks } of reversals) this.#provideFor([...leaves[leaf]!.node.way.slice(0, first), ...ranks.map((rank) => events[rank]!)]);
    if (narrowed !== undefined) this.#narrow(leaves[narrowed.leaf]!, narrowed, events);
    for (const leaf of returned) this.#change(leaves[leaf]!, 'planned');
  }

  #compare(terms: Report['terms']): void {
    for (const [name, value] of Object.entries(terms)) {
      this.isTorn ||= (this.#terms.get(name) ?? value) !== value;
      this.#terms.set(name, value);
    }
  }

  #narrow(leaf: Leaf, { choices, given }: Narrowed, events: readonly KnownEvent[]): void {
    choices.forEach(({ event, done }, rank) => {
      const { node } = leaf;
      const children = [...done, event].map((one) => new Node(node, [events[one]!]));
      node.end = children;
      for (const { end } of children) (end as Leaf).state = 'done';
      const chosen = children.at(-1)!;
      chosen.end = leaf;
      leaf.node = chosen;
      if (rank === choices.length - 1) for (const branch of given) children.push(this.#planned(branch, node, events));
    });
  }

  #planned({ events: ranks, children }: ToldBranch, parent: Node, events: readonly KnownEvent[]): Node {
    const node = new Node(parent, ranks.map((rank) => events[rank]!));
    if (children === undefined) this.#count(node, 1);
    else node.end = children.map((child) => this.#planned(child, node, events));
    return node;
  }

  /** All that is under way of it has been explored. */
  finish({ leaves }: Lease): void {
    for (const leaf of leaves) if (leaf.state === 'under way') leaf.state = 'done';
  }

  #change(leaf: Leaf, state: Leaf['state']): void {
    this.#count(leaf.node, (state === 'planned' ? 1 : 0) - (leaf.state === 'planned' ? 1 : 0));
    leaf.state = state;
  }

  #count(node: Node, more: number): void {
    for (let at: Node | undefined = node; at !== undefined; at = at.parent) at.planned += more;
  }

  /** Invariant 2. */
  #provideFor(sequence: KnownEvent[]): void {
    let node = this.#root;
    while (!(node.end instanceof Leaf)) {
      const child = node.end.find(({ events }) => mayComeFirst(events[0]!, sequence));
      const place = child === undefined ? 0 : follow(child.events, sequence);
      if (sequence.length === 0) return;
      if (child === undefined) return this.#grow(node, node.end, sequence);
      if (place < child.events.length) return this.#grow(child, child.fork(place), sequence);
      node = child;
    }
  }

  #grow(parent: Node, children: Node[], events: readonly KnownEvent[]): void {
    const leaf = new Node(parent, events);
    children.push(leaf);
    this.#count(leaf, 1);
  }
}

/** Takes from the sequence what it shares with these events; gives the place where they part. */
function follow(events: readonly KnownEvent[], sequence: KnownEvent[]): number {
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    if (sequence.length === 0 || !mayComeFirst(event, sequence)) return place;
    const at = sequence.findIndex(({ id }) => id === event.id);
    if (at >= 0) sequence.splice(at, 1);
  }
  return events.length;
}

/** Whether a sequence of events is equivalent to one that starts with this event, or that it could be put before. */
function mayComeFirst({ id, footprint }: KnownEvent, sequence: readonly KnownEvent[]): boolean {
  for (const event of sequence) {
    if (event.id === id) return true;
    if (event.footprint.conflictsWith(footprint)) return false;
  }
  return true;
}
