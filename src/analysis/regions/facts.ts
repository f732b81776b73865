import type { Slot, Value } from '../model/value.js';

/**
 * What the truth of a value says of a place that was read for it.
 * `empty`: there is nothing there yet. `full`: there is something. `expired`: it is compared with the time.
 * `other`: some relation with another value.
 */
export type Says = 'empty' | 'full' | 'expired' | 'other';

/** Where a value comes from, resolved to reads. */
export interface Facts {
  /** Reads whose results flowed into the value. */
  readonly data: ReadonlySet<number>;
  /** What it means if the value is truthy. */
  readonly says: ReadonlyMap<number, ReadonlySet<Says>>;
  /** True if the value is one of its reads as it was, not computed from it. */
  readonly isCopy: boolean;
  /** True if an equality is what makes it true: `id === this.latest`. */
  readonly isEquality: boolean;
  /** True if it is nothing at all: null, undefined, false, 0, empty. */
  readonly isEmpty: boolean;
  readonly isConstant: boolean;
  /** Names of the functions that computed it. */
  readonly names: ReadonlySet<string>;
  /** True if another module's function made it. */
  readonly isAnswer: boolean;
  /** True if a read position in a collection is part of it. */
  readonly isPosition: boolean;
}

const none: Facts = { data: new Set(), says: new Map(), isCopy: false, isEquality: false, isEmpty: false, isConstant: false, names: new Set(), isPosition: false, isAnswer: false };


/** Resolves a value, given what the slots hold. */
export function factsOf(value: Value, slots: ReadonlyMap<Slot, Facts>): Facts {
  switch (value.kind) {
    case 'unknown':
      return none;
    case 'constant':
      return { ...none, isEmpty: value.isEmpty, isConstant: true };
    case 'slot':
      return slots.get(value.slot) ?? none;
    case 'read':
      return readFacts(value, slots);
    case 'mix':
      return mixFacts(value, slots);
    case 'answer':
      return { ...mixFacts({ ...value, kind: 'mix' }, slots), isAnswer: true };
    case 'part':
      return partFacts(factsOf(value.of, slots));
    case 'not':
      return { ...factsOf(value.of, slots), says: flip(factsOf(value.of, slots).says), isCopy: false };
    case 'emptiness':
      return { ...factsOf(value.of, slots), says: emptiness(factsOf(value.of, slots)), isCopy: false };
    case 'comparison':
      return comparisonFacts(value, slots);
    case 'choice':
      return value.parts.map((part) => factsOf(part, slots)).reduce(unite);
  }
}

function readFacts(value: Value & { kind: 'read' }, slots: ReadonlyMap<Slot, Facts>): Facts {
  const says = new Map<number, ReadonlySet<Says>>([[value.read, new Set(['full'])]]);
  const base = value.through && factsOf(value.through, slots);
  if (base) for (const read of base.data) says.set(read, new Set(['full']));
  return { ...none, data: new Set([value.read]), says, isCopy: true };
}

const TIMELY = /expir|stale|outdated|fresh|valid|due/i;

function mixFacts(value: Value & { kind: 'mix' }, slots: ReadonlyMap<Slot, Facts>): Facts {
  const parts = value.parts.map((part) => factsOf(part, slots));
  const data = new Set(parts.flatMap((part) => [...part.data]));
  const isTimely = value.name !== undefined && TIMELY.test(value.name);
  const plainCall = parts.length === 1 && value.name !== undefined && parts[0]!.says.size > 0 && !isTimely;
  const says = new Map([...data].map((read) => [read, new Set<Says>([isTimely ? 'expired' : 'other'])] as const));
  const names = new Set(parts.flatMap((part) => [...part.names]));
  if (value.name) names.add(value.name);
  const isInlined = plainCall && value.parts[0]!.kind === 'slot' && 'result' in value.parts[0]!.slot;
  // The result of a followed call says what its value says.
  if (isInlined) return { ...parts[0]!, names };
  return { ...none, data, says, names, isPosition: value.name === 'position' || parts.some((part) => part.isPosition), isAnswer: parts.length === 1 && parts[0]!.isAnswer };
}

function partFacts(whole: Facts): Facts {
  return whole.isAnswer ? { ...whole, data: none.data } : { ...whole, isCopy: false };
}

function comparisonFacts(value: Value & { kind: 'comparison' }, slots: ReadonlyMap<Slot, Facts>): Facts {
  const parts = value.parts.map((part) => factsOf(part, slots));
  const data = new Set(parts.flatMap((part) => [...part.data]));
  const says = new Map([...data].map((read) => [read, new Set<Says>([value.withTime ? 'expired' : 'other'])] as const));
  return { ...none, data, says, isEquality: value.isEquality };
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

export function unite(a: Facts, b: Facts): Facts {
  if (a === b || sameFacts(a, b)) return a;
  const says = new Map(a.says);
  for (const [read, set] of b.says) says.set(read, new Set([...(says.get(read) ?? []), ...set]));
  return {
    data: new Set([...a.data, ...b.data]),
    says,
    isCopy: a.isCopy && b.isCopy,
    isEquality: a.isEquality || b.isEquality,
    isEmpty: a.isEmpty && b.isEmpty,
    isConstant: a.isConstant && b.isConstant,
    names: new Set([...a.names, ...b.names]),
    isPosition: a.isPosition || b.isPosition,
    isAnswer: a.isAnswer || b.isAnswer,
  };
}

export function sameFacts(a: Facts, b: Facts): boolean {
  return a === b || (a.data.size === b.data.size && a.says.size === b.says.size && a.isCopy === b.isCopy && a.isEmpty === b.isEmpty && a.isConstant === b.isConstant && a.isPosition === b.isPosition && a.isEquality === b.isEquality && a.isAnswer === b.isAnswer && a.names.size === b.names.size && [...a.data].every((read) => b.data.has(read)) && [...a.says].every(([read, set]) => isSameSet(set, b.says.get(read))));
}

function isSameSet(a: ReadonlySet<Says>, b: ReadonlySet<Says> | undefined): boolean {
  return b !== undefined && a.size === b.size && [...a].every((says) => b.has(says));
}
