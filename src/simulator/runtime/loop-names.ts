import type { ObjectName } from './loop-identity.js';

/**
 * An event's name: its creator's name and its rank among what that turn created (`alice.1.2`). Names form a tree that lives as
 * long as the loop, so an execution that takes a known way allocates none, and the same event has the same name in all of them.
 */
export class EventName {
  readonly id: string;
  readonly creator: EventName | undefined;
  /** Small number unique to this name within its tree; stable over executions. */
  readonly index: number;
  /** Objects that the turn of this event makes, by rank from 1. */
  readonly births: ObjectName[] = [];
  /** Keys of footprints of the promises that it makes, by rank. */
  readonly promises: number[] = [];
  readonly #names: EventNames;
  readonly #children: EventName[] = [];

  constructor(names: EventNames, index: number, id: string, creator: EventName | undefined) {
    this.#names = names;
    this.index = index;
    this.id = id;
    this.creator = creator;
  }

  /** The name of the `rank`th event (from 1) that the turn of this event creates. Ranks are asked in order. */
  child(rank: number): EventName {
    const known = this.#children[rank - 1];
    if (known !== undefined) return known;
    const created = this.#names.make(`${this.id}.${rank}`, this);
    this.#children[rank - 1] = created;
    return created;
  }
}

export class EventNames {
  readonly #roots = new Map<string, EventName>();
  #count = 0;

  root(id: string): EventName {
    const known = this.#roots.get(id);
    if (known !== undefined) return known;
    const created = this.make(id, undefined);
    this.#roots.set(id, created);
    return created;
  }

  make(id: string, creator: EventName | undefined): EventName {
    return new EventName(this, this.#count++, id, creator);
  }
}
