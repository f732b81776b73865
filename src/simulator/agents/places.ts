import { Footprint, Keys, WHOLE } from '../explore/footprint.js';

const NONE: readonly number[] = [];
/** Footprints kept by place, one a written value. */
const mostKept = 256;

/**
 * A shared location as the explorer knows it, with the footprints of what is done to it: the same operation with the same effect
 * has the same footprint, so known transitions make none.
 */
export class Place {
  readonly key: number;
  readonly #keys: Keys;
  readonly #writes = new Map<unknown, Footprint>();
  #lastValue: unknown;
  #lastWrite: Footprint | undefined;
  readonly read: Footprint;

  constructor(keys: Keys, name: string) {
    this.#keys = keys;
    // An object of its own, so that the explorer's masks tell elements of one array apart.
    this.key = keys.of(name, WHOLE);
    this.read = new Footprint(keys, [this.key], NONE);
  }

  /** `value`: what guards that read the place are told of it. */
  write(value: unknown): Footprint {
    if (this.#lastWrite !== undefined && this.#lastValue === value) return this.#lastWrite;
    let footprint = this.#writes.get(value);
    if (footprint === undefined) {
      footprint = new Footprint(this.#keys, NONE, [this.key], [value]);
      if (this.#writes.size >= mostKept) this.#writes.clear();
      this.#writes.set(value, footprint);
    }
    this.#lastValue = value;
    return (this.#lastWrite = footprint);
  }
}

/** All places of one system of agents, on one table of keys. */
export class Places {
  readonly keys = new Keys();
  readonly nothing = new Footprint(this.keys, NONE, NONE);
  readonly #places = new Map<string, Place>();

  of(name: string): Place {
    let place = this.#places.get(name);
    if (place === undefined) this.#places.set(name, (place = new Place(this.keys, name)));
    return place;
  }

  footprint(reads: readonly number[], writes: readonly number[], values?: readonly unknown[]): Footprint {
    return new Footprint(this.keys, reads, writes, values);
  }

  join(left: Footprint, right: Footprint): Footprint {
    if (left === this.nothing) return right;
    if (right === this.nothing) return left;
    return new Footprint(this.keys, [...left.reads, ...right.reads], [...left.writes, ...right.writes], [...valuesOf(left), ...valuesOf(right)]);
  }
}

function valuesOf({ writes, values }: Footprint): readonly unknown[] {
  return values ?? writes.map(() => undefined);
}
