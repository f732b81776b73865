import type { Footprint } from './footprint.js';

/** An event whose continuations have all been explored: as long as nothing dependent is fired, firing it leads nowhere new. */
export interface Sleeper {
  readonly number: number;
  readonly footprint: Footprint;
}

/**
 * Events with what they touch where they are planned, numbered densely: wake-up trees can grow as large as the search itself, so a
 * sequence of planned events is kept as a string, two characters each.
 */
export class PlannedEvents {
  /** By code: the number of the event in the trace, and its footprint, undefined if that is only known once it has been fired. */
  readonly numbers: number[] = [];
  readonly footprints: (Footprint | undefined)[] = [];
  readonly #codes: number[][] = [];

  codeOf(number: number, footprint: Footprint | undefined): number {
    const codes = (this.#codes[number] ??= []);
    for (let i = 0; i < codes.length; i++) if (isSame(this.footprints[codes[i]!], footprint)) return codes[i]!;
    codes.push(this.numbers.length);
    this.footprints.push(footprint);
    return this.numbers.push(number) - 1;
  }

  chain(codes: readonly number[]): string {
    const units: number[] = [];
    for (let i = 0; i < codes.length; i++) units.push(codes[i]! >>> 16, codes[i]! & 0xffff);
    // Spreading an array takes ten times as long where intrinsics are frozen.
    return Reflect.apply(String.fromCharCode, undefined, units);
  }
}

function isSame(one: Footprint | undefined, other: Footprint | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && one.isLike(other));
}

/**
 * A branch of a wake-up tree (Abdulla, Aronis, Jonsson, Sagonas: Source Sets, JACM 2017): events that are still to be fired in this
 * order, since the execution that results is in no class explored so far. It goes on without a fork for the events of its chain from
 * `from` to before `to`, and forks into `children` then.
 */
export class Branch {
  readonly events: PlannedEvents;
  readonly #chain: string;
  readonly from: number;
  #to: number;
  #children: Branch[] | undefined;
  /** It is known that what sleeps where it begins is awake at its end, so all that follows the end is explored. Tells of an end only. */
  readonly isSure: boolean;

  constructor(events: PlannedEvents, chain: string, isSure: boolean, from = 0, to = chain.length / 2, children?: Branch[]) {
    this.events = events;
    this.#chain = chain;
    this.isSure = isSure;
    this.from = from;
    this.#to = to;
    this.#children = children;
  }

  /** Where it forks, or ends. */
  get to(): number {
    return this.#to;
  }

  /** Of the event at a place of the chain. */
  codeAt(place: number): number {
    return (this.#chain.charCodeAt(2 * place) << 16) + this.#chain.charCodeAt(2 * place + 1);
  }

  /** Number of the first event. */
  get number(): number {
    return this.events.numbers[this.codeAt(this.from)]!;
  }

  get footprint(): Footprint | undefined {
    return this.events.footprints[this.codeAt(this.from)];
  }

  /** What it forks into; `undefined` if it ends. */
  get children(): Branch[] | undefined {
    return this.#children;
  }

  /** Makes it fork before `place`; one of the branches is what it had there. */
  fork(place: number): Branch[] {
    this.#children = [new Branch(this.events, this.#chain, this.isSure, place, this.#to, this.#children)];
    this.#to = place;
    return this.#children;
  }

  /** Where it ends, it goes on. */
  extend(): Branch[] {
    return (this.#children = []);
  }

  /** What is planned after its first event. */
  rest(): readonly Branch[] {
    if (this.from + 1 < this.#to) return [new Branch(this.events, this.#chain, this.isSure, this.from + 1, this.#to, this.#children)];
    return this.#children ?? NOTHING;
  }
}

const NOTHING: readonly Branch[] = [];
