import { Footprint, type Keys } from './footprint.js';

/** An event, and what it touches where it is planned or was fired. */
export interface KnownEvent {
  readonly id: string;
  readonly footprint: Footprint;
}

/**
 * What one search tells another of events: plain data, in which an event is a rank in `events`. Each search numbers keys for itself, so
 * they are told by name.
 */
export interface Glossary {
  readonly keys: readonly (readonly [object: number | string, property: string])[];
  readonly events: readonly { readonly id: string; readonly reads: readonly number[]; readonly writes: readonly number[] }[];
}

/** Writes a glossary while a message is written that needs it. */
export class GlossaryWriter implements Glossary {
  readonly keys: (readonly [object: number | string, property: string])[] = [];
  readonly events: { id: string; reads: readonly number[]; writes: readonly number[] }[] = [];
  readonly #keys = new Map<number, number>();
  readonly #events = new Map<string, Map<Footprint, number>>();

  rankOf({ id, footprint }: KnownEvent): number {
    let ranks = this.#events.get(id);
    if (ranks === undefined) this.#events.set(id, (ranks = new Map()));
    let rank = ranks.get(footprint);
    if (rank === undefined) {
      const { keys, reads, writes } = footprint;
      rank = this.events.push({ id, reads: reads.map((key) => this.#rankOfKey(keys, key)), writes: writes.map((key) => this.#rankOfKey(keys, key)) }) - 1;
      ranks.set(footprint, rank);
    }
    return rank;
  }

  #rankOfKey({ names }: Keys, key: number): number {
    let rank = this.#keys.get(key);
    if (rank === undefined) this.#keys.set(key, (rank = this.keys.push(names[key]!) - 1));
    return rank;
  }

  /** As data that can be sent. */
  get written(): Glossary {
    return { keys: this.keys, events: this.events };
  }
}

/** The events of a glossary, by their ranks, in terms of a table of keys. */
export function eventsOf(glossary: Glossary, keys: Keys): readonly KnownEvent[] {
  const own = glossary.keys.map(([object, property]) => keys.of(object, property));
  return glossary.events.map(({ id, reads, writes }) => ({ id, footprint: new Footprint(keys, reads.map((rank) => own[rank]!), writes.map((rank) => own[rank]!)) }));
}
