import type { Outcome } from '../../model/index.js';

/**
 * A number for an outcome, the same in every thread and whatever the order of its fields: the entries' hashes are added up, so it
 * can be told from entries that are known already, without the outcome having been built.
 */
export class OutcomeDigest {
  high = 0;
  low = 0;

  add({ high, low }: EntryDigest): void {
    this.high = (this.high + high) | 0;
    this.low = (this.low + low) | 0;
  }

  subtract({ high, low }: EntryDigest): void {
    this.high = (this.high - high) | 0;
    this.low = (this.low - low) | 0;
  }

  /** 53 bits. */
  get value(): number {
    return (this.high >>> 0) * 2 ** 21 + (this.low >>> 11);
  }
}

export interface EntryDigest {
  readonly high: number;
  readonly low: number;
}

/** FNV-1a of two seeds. Sums need well mixed summands. */
export function entryDigest(part: keyof Outcome, name: string, value: string | number): EntryDigest {
  const text = `${part} ${name.length} ${name} ${value}`;
  let high = 0x811c9dc5;
  let low = 0x9e3779b1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b);
  }
  return { high: mixed(high), low: mixed(low) };
}

/** The digest of a whole part of an outcome. */
export function partDigest(part: keyof Outcome, entries: Readonly<Record<string, string | number>>): OutcomeDigest {
  const digest = new OutcomeDigest();
  for (const [name, value] of Object.entries(entries)) digest.add(entryDigest(part, name, value));
  return digest;
}

export function outcomeDigest({ state, results, effects }: Outcome): number {
  const digest = partDigest('state', state);
  digest.add(partDigest('results', results));
  digest.add(partDigest('effects', effects));
  return digest.value;
}

export function areSameOutcomes(a: Outcome, b: Outcome): boolean {
  return areSameEntries(a.state, b.state) && areSameEntries(a.results, b.results) && areSameEntries(a.effects, b.effects);
}

function areSameEntries(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  if (a === b) return true;
  let left = 0;
  for (const name in a) {
    if (a[name] !== b[name]) return false;
    left++;
  }
  for (const _ in b) left--;
  return left === 0;
}

/** The end of MurmurHash3. */
function mixed(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
