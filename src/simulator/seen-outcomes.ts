import type { Outcome } from '../model/index.js';
import { areSameOutcomes, outcomeDigest } from './oracle/index.js';
import type { SeenOutcome } from './race-part.js';

/** Different outcomes that are kept, where no verdict rests on them. */
export const mostOutcomes = 10_000;

type Mutable = { -readonly [K in keyof SeenOutcome]: SeenOutcome[K] } & {
  readonly hash: number;
  /** Another outcome with the same hash. */
  readonly next: Mutable | undefined;
};

/** Something with an outcome; whoever knows the outcome's digest need not build it. */
export interface WithOutcome {
  readonly outcome: Outcome;
  readonly digest?: number;
  /** Whether it ends so, as `areSameOutcomes` tells it. */
  hasOutcome?(outcome: Outcome): boolean;
}

/**
 * The outcomes of executions, each with how often it was seen. Of too many different ones those with the smallest hashes are kept:
 * which these are does not depend on the order in which they come, nor on who has seen them, so parts of an exploration keep the
 * same ones as the whole. One that is kept at the end was never dropped, so its count is right.
 */
export class SeenOutcomes {
  readonly #most: number;
  readonly #byHash = new Map<number, Mutable>();
  #count = 0;
  /** Hashes from here on are not kept. */
  #bound = Infinity;
  /** Executions with outcomes that are not kept. */
  others = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** The entry of an outcome, to be counted; undefined if it is not kept, which counts it among the others. */
  of(end: WithOutcome): Mutable | undefined {
    // Before anything is added: who gets an entry counts in it.
    if (this.#count >= 2 * this.#most) this.#trim();
    const hash = end.digest ?? outcomeDigest(end.outcome);
    if (hash >= this.#bound) {
      this.others++;
      return undefined;
    }
    const first = this.#byHash.get(hash);
    for (let known = first; known !== undefined; known = known.next) if (end.hasOutcome?.(known.outcome) ?? areSameOutcomes(known.outcome, end.outcome)) return known;
    const entry: Mutable = { outcome: end.outcome, count: 0, torn: 0, onlyTorn: 0, sound: 0, isSerial: false, hash, next: first };
    this.#byHash.set(hash, entry);
    this.#count++;
    return entry;
  }

  /** Adds what another part has seen. */
  add(seen: readonly SeenOutcome[]): void {
    for (const known of seen) {
      const { count, torn, onlyTorn, sound, isSerial, tornBy } = known;
      const entry = this.of(known);
      if (entry === undefined) {
        this.others += count - 1;
        continue;
      }
      entry.count += count;
      entry.torn += torn;
      entry.onlyTorn += onlyTorn;
      entry.sound += sound;
      entry.isSerial ||= isSerial;
      if (tornBy !== undefined) entry.tornBy ??= tornBy;
    }
  }

  kept(): SeenOutcome[] {
    if (this.#count > this.#most) this.#trim();
    return [...this.#entries()].map(({ outcome, count, torn, onlyTorn, sound, isSerial, tornBy, hash }) => ({ outcome, count, torn, onlyTorn, sound, isSerial, digest: hash, ...(tornBy && { tornBy }) }));
  }

  *#entries(): Iterable<Mutable> {
    for (const first of this.#byHash.values()) for (let entry: Mutable | undefined = first; entry !== undefined; entry = entry.next) yield entry;
  }

  #trim(): void {
    const hashes = [...this.#entries()].map(({ hash }) => hash).sort((a, b) => a - b);
    this.#bound = hashes[this.#most]!;
    for (const { hash, count } of this.#entries()) {
      if (hash < this.#bound) continue;
      this.others += count;
      this.#count--;
      this.#byHash.delete(hash);
    }
  }
}
