import type { Cell, ElementValue, GuardQuestion, SharedOp } from './operations.js';

/** What a condition does next: it reads a cell, or it has an answer. */
type Step = { readonly cell: Cell; readonly next: Map<ElementValue | string, Step> } | { readonly isTrue: boolean };

/** The condition was never seen with these values, and its agent no longer stands before it: run the agent up to it once more. */
export class UnseenValues extends Error {
  override readonly name = 'UnseenValues';

  constructor() {
    super('a condition was asked about values that it has not been evaluated with');
  }
}

/** A condition did what no condition may do. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';
}

/** How a condition's closure reads while it is asked. */
export type ConditionReads = (op: SharedOp) => unknown;

/**
 * A condition as a decision tree over the values that it reads.
 *
 *  1. The closure is run for values that the tree does not know yet, and only while its agent is suspended at the operation:
 *     what it captures may change later.
 *  2. Afterwards the tree answers alone; where it cannot, `holds` throws `UnseenValues`. Another instance of the agent that has
 *     come to the same operation then takes the tree over (`adopt`) and makes it grow; whoever has the old guard sees it grow.
 *  3. A cell that the closure reads twice has one value: the condition is evaluated in one step.
 */
export class Guard implements GuardQuestion {
  #tree: { root: Step | undefined } = { root: undefined };
  #evaluate: ((reads: ConditionReads) => boolean) | undefined;

  constructor(evaluate: (reads: ConditionReads) => boolean) {
    this.#evaluate = evaluate;
  }

  holds(valueOf: (cell: Cell) => ElementValue): { readonly isTrue: boolean; readonly reads: readonly Cell[] } {
    const reads: Cell[] = [];
    let at = this.#tree.root;
    while (at !== undefined && 'cell' in at) {
      reads.push(at.cell);
      at = at.next.get(keyOf(valueOf(at.cell)));
    }
    return at === undefined ? this.#grow(valueOf) : { isTrue: at.isTrue, reads };
  }

  /** Goes on with what the guard of an earlier instance has learnt. */
  adopt(earlier: GuardQuestion): void {
    if (earlier instanceof Guard) this.#tree = earlier.#tree;
  }

  /** From here on the closure's variables may change (invariant 1). */
  retire(): void {
    this.#evaluate = undefined;
  }

  #grow(valueOf: (cell: Cell) => ElementValue): { readonly isTrue: boolean; readonly reads: readonly Cell[] } {
    if (!this.#evaluate) throw new UnseenValues();
    const seen = new Map<string, { readonly cell: Cell; readonly value: ElementValue }>();
    const isTrue = this.#evaluate((op) => {
      if (op.kind !== 'load') throw new ConditionError(`a condition may only read shared memory, but this one asks for ${doing(op)}`);
      const place = placeOf(op.cell);
      const known = seen.get(place);
      if (known) return known.value;
      const value = valueOf(op.cell);
      seen.set(place, { cell: op.cell, value });
      return value;
    });
    const read = [...seen.values()];
    this.#insert(read, isTrue);
    return { isTrue, reads: read.map(({ cell }) => cell) };
  }

  #insert(read: readonly { readonly cell: Cell; readonly value: ElementValue }[], isTrue: boolean): void {
    const tree = this.#tree;
    let put = (step: Step): void => { tree.root ??= step; };
    let at = tree.root;
    for (const { cell, value } of read) {
      if (at === undefined) put((at = { cell, next: new Map() }));
      if (!('cell' in at) || placeOf(at.cell) !== placeOf(cell)) throw new ConditionError('a condition read other memory when it was evaluated again with the same values; it must depend on what it reads alone');
      const { next } = at;
      put = (step) => next.set(keyOf(value), step);
      at = next.get(keyOf(value));
    }
    put({ isTrue });
  }
}

function placeOf({ buffer, offset, type }: Cell): string {
  return `${buffer} ${offset} ${type}`;
}

/** A map's keys do not tell -0 from 0. */
function keyOf(value: ElementValue): ElementValue | string {
  return Object.is(value, -0) ? '-0' : value;
}

function doing(op: SharedOp): string {
  switch (op.kind) {
    case 'store': return `a write to ${op.cell.name}`;
    case 'modify': case 'compare-exchange': return `an update of ${op.cell.name}`;
    case 'wait': case 'wait-async': case 'notify': return `${op.kind} on ${op.cell.name}`;
    default: return 'name' in op ? `${op.kind} of ${op.name}` : op.kind;
  }
}
