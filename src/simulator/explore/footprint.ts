/** Stands for every property of an object at once: it conflicts with any of them. */
export const WHOLE = '*';

/**
 * Shared keys, an object and one of its properties, numbered densely. One table serves all executions of a scenario, so a key has
 * the same number in each of them, and footprints of different executions can be compared.
 */
export class Keys {
  readonly #byObject = new Map<number | string, Map<PropertyKey, number>>();
  /** By key: the key of the whole object that it belongs to (its own number if it is that). */
  readonly whole: number[] = [];
  /** By key: the object and the property that it stands for, from which another table can make a key of its own. */
  readonly names: (readonly [object: number | string, property: string])[] = [];

  of(object: number | string, property: PropertyKey): number {
    let properties = this.#byObject.get(object);
    if (properties === undefined) {
      properties = new Map();
      this.#byObject.set(object, properties);
      this.#add(object, properties, WHOLE, this.whole.length);
    }
    const name = typeof property === 'string' ? property : String(property);
    return properties.get(name) ?? this.#add(object, properties, name, properties.get(WHOLE) ?? 0);
  }

  #add(object: number | string, properties: Map<PropertyKey, number>, name: string, whole: number): number {
    const key = this.whole.length;
    this.whole.push(whole);
    this.names.push([object, name]);
    properties.set(name, key);
    return key;
  }
}

const NOTHING: readonly number[] = [];

/** What one turn read and wrote. Two turns are dependent if one wrote what the other touched; only then does their order matter. */
export class Footprint {
  readonly keys: Keys;
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  /** What the turn gave to each of `writes`, rank by rank, if guards may ask for it. */
  readonly values: readonly unknown[] | undefined;
  /** What decides between two turns who does the work that either could do: see `sharesTurn`. */
  readonly turns: readonly number[];
  /** One bit for each touched object, folded into 32: most pairs of turns are told apart by these alone. */
  readonly #readMask: number;
  readonly #writeMask: number;

  constructor(keys: Keys, reads: readonly number[], writes: readonly number[], values?: readonly unknown[], turns: readonly number[] = NOTHING) {
    this.keys = keys;
    this.reads = reads;
    this.writes = writes;
    this.values = values;
    this.turns = turns;
    this.#readMask = maskOf(keys, reads);
    this.#writeMask = maskOf(keys, writes);
  }

  /** The same, with what it gave to each of its writes. */
  giving(values: readonly unknown[]): Footprint {
    return new Footprint(this.keys, this.reads, this.writes, values);
  }

  /** Touches the same locations in the same ways. */
  isLike(other: Footprint): boolean {
    if (!isSameSet(this.turns, other.turns)) return false;
    if (isSameList(this.writes, other.writes) && isSameList(this.reads, other.reads)) return true;
    return isSameSet(this.writes, other.writes) && isSameSet(this.#onlyRead(), other.#onlyRead());
  }

  /**
   * Whoever comes last goes on for both (`Promise.all`), or whoever comes first (two who settle one promise). Both orders lead to the same
   * state, so that the two do not conflict; but what each of them does depends on the order.
   */
  sharesTurn({ turns }: Footprint): boolean {
    for (let i = 0; i < turns.length; i++) if (this.turns.includes(turns[i]!)) return true;
    return false;
  }

  /** Touches no location but this one. */
  isOnly(key: number): boolean {
    return this.reads.every((read) => read === key) && this.writes.every((write) => write === key);
  }

  #onlyRead(): readonly number[] {
    return this.reads.filter((key) => !this.writes.includes(key));
  }

  conflictsWith(other: Footprint): boolean {
    if ((this.#writeMask & (other.#readMask | other.#writeMask)) === 0 && (this.#readMask & other.#writeMask) === 0) return false;
    const { whole } = this.keys;
    return overlaps(whole, this.writes, other.writes) || overlaps(whole, this.writes, other.reads) || overlaps(whole, this.reads, other.writes);
  }
}

function isSameList(some: readonly number[], others: readonly number[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}

function isSameSet(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((key) => others.includes(key));
}

function maskOf(keys: Keys, touched: readonly number[]): number {
  let mask = 0;
  for (let i = 0; i < touched.length; i++) mask |= 1 << ((keys.whole[touched[i]!]! * 0x9e3779b1) >>> 27);
  return mask;
}

function overlaps(whole: readonly number[], left: readonly number[], right: readonly number[]): boolean {
  for (let i = 0; i < left.length; i++) {
    const a = left[i]!;
    const wholeOfA = whole[a]!;
    for (let j = 0; j < right.length; j++) {
      const b = right[j]!;
      if (a === b || wholeOfA === b || whole[b] === a) return true;
    }
  }
  return false;
}

/** Collects the footprint of the running turn: each key once, whatever the number of accesses. */
export class FootprintRecorder {
  readonly keys: Keys;
  #reads: number[] = [];
  #writes: number[] = [];
  #turns: number[] = [];
  #turn = 0;
  readonly #readIn: number[] = [];
  readonly #writtenIn: number[] = [];
  readonly #empty: Footprint;
  /** What is touched now belongs to no footprint. */
  isPaused = false;

  constructor(keys: Keys = new Keys()) {
    this.keys = keys;
    this.#empty = new Footprint(keys, NOTHING, NOTHING);
  }

  touch(object: number | string, property: PropertyKey, kind: 'read' | 'write'): void {
    this.touchKey(this.keys.of(object, property), kind);
  }

  touchKey(key: number, kind: 'read' | 'write'): void {
    if (this.isPaused) return;
    while (this.#readIn.length <= key) {
      this.#readIn.push(-1);
      this.#writtenIn.push(-1);
    }
    if (this.#writtenIn[key] === this.#turn) return;
    if (kind === 'write') {
      this.#writtenIn[key] = this.#turn;
      this.#writes.push(key);
    } else if (this.#readIn[key] !== this.#turn) {
      this.#readIn[key] = this.#turn;
      this.#reads.push(key);
    }
  }

  /** See `Footprint.sharesTurn`. */
  takeTurn(key: number): void {
    if (!this.isPaused && !this.#turns.includes(key)) this.#turns.push(key);
  }

  /** The footprint since the last call. */
  take(): Footprint {
    this.#turn++;
    if (this.#reads.length === 0 && this.#writes.length === 0 && this.#turns.length === 0) return this.#empty;
    const footprint = new Footprint(this.keys, this.#reads, this.#writes, undefined, this.#turns.length === 0 ? NOTHING : this.#turns);
    if (this.#turns.length > 0) this.#turns = [];
    this.#reads = [];
    this.#writes = [];
    return footprint;
  }
}
