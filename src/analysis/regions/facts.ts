import type { Slot, Value } from '../model/value.js';

/**
 * What the truth of a value says of a place that was read for it.
 * `empty`: there is nothing there yet. `full`: there is something. `expired`: it is compared with the time.
 * `other`: some relation with another value.
 */
export type Says = 'empty' | 'full' | 'expired' | 'other';

/** Where a value comes from, resolved to reads. */
export interface Facts {
  /** Reads whose results flowed into the value, as far as they are followed. */
  readonly data: ReadonlySet<number>;
  /** True if any read flowed into it, followed or not. */
  readonly isRead: boolean;
  /** What it means if the value is truthy. */
  readonly says: ReadonlyMap<number, ReadonlySet<Says>>;
  /** True if the value is one of its reads as it was, not computed from it. */
  readonly isCopy: boolean;
  /** True if an equality is what makes it true: `id === this.latest`. */
  readonly isEquality: boolean;
  /** True if it is nothing at all: null, undefined, false, 0, empty. */
  readonly isEmpty: boolean;
  readonly isConstant: boolean;
  /** True if it is an object or a list with nothing in it yet. */
  readonly isFresh: boolean;
  /** True if another module's function made it. */
  readonly isAnswer: boolean;
  /** True if a read position in a collection is part of it. */
  readonly isPosition: boolean;
}

const none: Facts = { data: new Set(), isRead: false, says: new Map(), isCopy: false, isEquality: false, isEmpty: false, isConstant: false, isFresh: false, isPosition: false, isAnswer: false };

/** More is known of a value that so much flowed into than anybody wants to know: what it says counts no longer. */
const MOST_READS = 64;

/** The facts about the values of one graph, each set of facts once: equal facts are the same object. */
export class FactsTable {
  readonly #followed: ReadonlyMap<number, unknown>;
  readonly #byKey = new Map<string, Facts>();
  readonly #numbers = new Map<Facts, number>();
  readonly #united = new Map<number, Facts>();

  /** @param followed The reads that facts are told about. */
  constructor(followed: ReadonlyMap<number, unknown>) {
    this.#followed = followed;
  }

  isFollowed(read: number): boolean {
    return this.#followed.has(read);
  }

  /** Resolves a value, given what the slots hold. */
  of(value: Value, slotOf: (slot: Slot) => Facts | undefined): Facts {
    return this.#once(factsOf(value, slotOf, this));
  }

  unite(a: Facts, b: Facts): Facts {
    if (a === b) return a;
    const key = this.#numberOf(a) * 0x100000 + this.#numberOf(b);
    let united = this.#united.get(key);
    if (!united) this.#united.set(key, (united = this.#once(unite(a, b))));
    return united;
  }

  #numberOf(facts: Facts): number {
    return this.#numbers.get(facts) ?? this.#numbers.get(this.#once(facts))!;
  }

  #once(facts: Facts): Facts {
    if (this.#numbers.has(facts)) return facts;
    const key = keyOf(facts);
    let known = this.#byKey.get(key);
    if (!known) {
      this.#byKey.set(key, (known = facts));
      this.#numbers.set(known, this.#numbers.size);
    }
    return known;
  }
}

function keyOf(facts: Facts): string {
  const { data, says } = facts;
  const bits = bitsOf(facts);
  if (data.size === 0 && says.size === 0) return String(bits);
  const saying = [...says].map(([read, set]) => `${read}${[...set].sort().join('')}`).sort();
  return `${bits}|${[...data].sort((a, b) => a - b).join()}|${saying.join()}`;
}

function bitsOf(flags: Facts): number {
  return Number(flags.isCopy) | (Number(flags.isEquality) << 1) | (Number(flags.isEmpty) << 2) | (Number(flags.isConstant) << 3) | (Number(flags.isAnswer) << 4) | (Number(flags.isPosition) << 5) | (Number(flags.isRead) << 6) | (Number(flags.isFresh) << 7);
}

function factsOf(value: Value, slotOf: (slot: Slot) => Facts | undefined, table: FactsTable): Facts {
  const resolve = (part: Value): Facts => factsOf(part, slotOf, table);
  switch (value.kind) {
    case 'unknown':
      return none;
    case 'constant':
      return !value.isEmpty ? constant : isFreshText(value.text) ? freshConstant : emptyConstant;
    case 'slot':
      return slotOf(value.slot) ?? none;
    case 'read':
      return readFacts(value.read, value.through && resolve(value.through), olderOf(value.through, resolve), table.isFollowed(value.read));
    case 'mix':
      return mixFacts(value, value.parts.map(resolve));
    case 'answer':
      return { ...mixFacts({ ...value, kind: 'mix' }, value.parts.map(resolve)), isAnswer: true };
    case 'part':
      return value.isField ? { ...partFacts(resolve(value.of)), says: none.says } : partFacts(resolve(value.of));
    case 'not': {
      const facts = resolve(value.of);
      return { ...facts, says: flip(facts.says), isCopy: false };
    }
    case 'emptiness': {
      const facts = resolve(value.of);
      return { ...facts, says: emptiness(facts), isCopy: false };
    }
    case 'comparison':
      return comparisonFacts(value, value.parts.map(resolve));
    case 'choice':
      return value.parts.map(resolve).reduce((a, b) => table.unite(a, b));
  }
}

const constant: Facts = { ...none, isConstant: true };
const emptyConstant: Facts = { ...constant, isEmpty: true };
const freshConstant: Facts = { ...emptyConstant, isFresh: true };
function isFreshText(text: string): boolean {
  return text === '[]' || text === '{}';
}

const full: ReadonlySet<Says> = new Set(['full']);
const unfollowed: Facts = { ...none, isRead: true, isCopy: true };

/** What is read of an object by way of a local name is as old as the name: the place may hold another object by now. */
function olderOf(through: Value | undefined, resolve: (value: Value) => Facts): Facts['data'] {
  if (through?.kind === 'slot') return resolve(through).data;
  return through?.kind === 'read' ? olderOf(through.through, resolve) : none.data;
}

function readFacts(read: number, base: Facts | undefined, older: Facts['data'], isFollowed: boolean): Facts {
  if (!isFollowed && (!base || base.data.size === 0)) return unfollowed;
  const says = new Map<number, ReadonlySet<Says>>(isFollowed ? [[read, full]] : []);
  if (base) for (const from of base.data) says.set(from, full);
  return { ...none, data: isFollowed ? new Set([...older, read]) : older, isRead: true, says, isCopy: true };
}

const TIMELY = /expir|stale|outdated|fresh|valid|due/i;

function mixFacts(value: Value & { kind: 'mix' }, parts: readonly Facts[]): Facts {
  const data = dataOf(parts);
  const isTimely = value.name !== undefined && TIMELY.test(value.name);
  const plainCall = parts.length === 1 && value.name !== undefined && isCallName(value.name) && parts[0]!.says.size > 0 && !isTimely;
  const isInlined = plainCall && value.parts[0]!.kind === 'slot' && 'result' in value.parts[0]!.slot;
  // The result of a followed call says what its value says.
  if (isInlined) return parts[0]!;
  return { ...none, data, isRead: parts.some((part) => part.isRead), says: saying(data, isTimely ? 'expired' : 'other'), isPosition: value.name === 'position' || parts.some((part) => part.isPosition), isAnswer: parts.length === 1 && parts[0]!.isAnswer };
}

/** Operators name what they make too. */
function isCallName(name: string): boolean {
  return /[\w$]/.test(name);
}

function dataOf(parts: readonly Facts[]): ReadonlySet<number> {
  const [first] = parts;
  if (parts.length === 1) return first!.data;
  const data = new Set(parts.flatMap((part) => [...part.data]));
  return data.size > MOST_READS ? none.data : data;
}

function saying(data: ReadonlySet<number>, says: Says): Facts['says'] {
  return data.size === 0 ? none.says : new Map([...data].map((read) => [read, new Set([says])] as const));
}

function partFacts(whole: Facts): Facts {
  return whole.isAnswer ? { ...whole, data: none.data, isRead: false } : { ...whole, isCopy: false };
}

function comparisonFacts(value: Value & { kind: 'comparison' }, parts: readonly Facts[]): Facts {
  const data = dataOf(parts);
  return { ...none, data, isRead: parts.some((part) => part.isRead), says: saying(data, value.withTime ? 'expired' : 'other'), isEquality: value.isEquality };
}

function flip(says: Facts['says']): Facts['says'] {
  return new Map([...says].map(([read, set]) => [read, new Set([...set].map(opposite))]));
}

export function opposite(says: Says): Says {
  return says === 'empty' ? 'full' : says === 'full' ? 'empty' : says;
}

function emptiness(facts: Facts): Facts['says'] {
  return new Map([...facts.data].map((read) => [read, new Set([facts.says.get(read)?.has('full') || facts.says.get(read)?.has('empty') ? 'empty' : facts.says.get(read)?.values().next().value ?? 'empty'] as Says[])]));
}

function unite(a: Facts, b: Facts): Facts {
  const says = new Map(a.says);
  for (const [read, set] of b.says) says.set(read, new Set([...(says.get(read) ?? []), ...set]));
  // An answer that nothing flowed into takes nothing away from what was read.
  const withData = [a, b].filter(({ data }) => data.size > 0);
  return {
    data: dataOf([a, b]),
    isRead: a.isRead || b.isRead,
    says,
    isCopy: a.isCopy && b.isCopy,
    isEquality: a.isEquality || b.isEquality,
    isEmpty: a.isEmpty && b.isEmpty,
    isConstant: a.isConstant && b.isConstant,
    isFresh: a.isFresh && b.isFresh,
    isPosition: a.isPosition || b.isPosition,
    isAnswer: (withData.length > 0 ? withData : [a, b]).some((part) => part.isAnswer),
  };
}
