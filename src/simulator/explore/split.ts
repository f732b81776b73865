import type { Execution } from './execution.js';
import type { Footprint } from './footprint.js';
import { isMovable } from './frame.js';
import type { Order } from './ordered-execution.js';
import { randomNumbers } from './random.js';
import { Run } from './run.js';

/** A part of a search, for `SearchOptions.subtree`: the classes in which certain events come in a certain order. Plain data. */
export interface Subtree {
  readonly orders: readonly Order[];
  /** How much of the whole it is, as far as can be told. */
  readonly share: number;
}

/** All of a search. */
export const WHOLE_SEARCH: Subtree = { orders: [], share: 1 };

/** Two dependent events of different tasks, and for each sample whether the first, the second or neither came before the other. */
interface Pair {
  readonly first: string;
  readonly second: string;
  /** Another event may push one of them aside. */
  readonly isMovable: boolean;
  readonly came: string[];
}

interface Sampled {
  readonly id: string;
  readonly task: string;
  readonly isMovable: boolean;
  readonly footprint: Footprint;
}

const SAMPLES = 64;
/** Events of a sample that are looked at. */
const MAX_TURNS = 300;

/**
 * Splits a search into about `parts` subtrees (a power of two) for workers that share nothing: every class is in exactly one of them.
 * Dependent events have one order in each class, so each pair of them halves the search. The pairs are chosen, by what random
 * executions show, to make parts of like size in which few executions are begun in vain. Large ones come first.
 */
export function splitWork<R>(start: () => Execution<R>, parts: number, seed = 1): readonly Subtree[] {
  const all = samplePairs(start, randomNumbers(seed));
  const fixed = all.filter((pair) => !pair.isMovable);
  const pairs = choosePairs(fixed.length > 0 ? fixed : all, Math.ceil(Math.log2(Math.max(1, parts))));
  return Array.from({ length: 2 ** pairs.length }, (_, part) => subtreeOf(pairs, part)).sort((a, b) => b.share - a.share);
}

/** `part`: one bit for each pair, which tells its order. */
function subtreeOf(pairs: readonly Pair[], part: number): Subtree {
  const isDefault = (rank: number): boolean => (part & (1 << rank)) === 0;
  let samples = 0;
  for (let sample = 0; sample < SAMPLES; sample++) if (pairs.every(({ came }, rank) => (came[sample] !== '>') === isDefault(rank))) samples++;
  return {
    orders: pairs.map(({ first, second, isMovable: isGuarded }, rank) => (isDefault(rank) ? { before: first, after: second, isDefault: true, isGuarded } : { before: second, after: first, isDefault: false, isGuarded })),
    share: (samples + 1) / (SAMPLES + 2 ** pairs.length),
  };
}

function samplePairs<R>(start: () => Execution<R>, random: () => number): Pair[] {
  const pairs = new Map<string, Pair>();
  for (let sample = 0; sample < SAMPLES; sample++) {
    const events = runOnce(start, random);
    events.forEach((later, place) => events.slice(0, place).forEach((earlier) => {
      if (earlier.task !== later.task && earlier.footprint.conflictsWith(later.footprint)) note(pairs, earlier, later, sample);
    }));
  }
  return [...pairs.values()];
}

function note(pairs: Map<string, Pair>, earlier: Sampled, later: Sampled, sample: number): void {
  const [first, second] = earlier.id < later.id ? [earlier.id, later.id] : [later.id, earlier.id];
  const name = `${first} ${second}`;
  const pair = pairs.get(name) ?? { first, second, isMovable: earlier.isMovable || later.isMovable, came: Array.from({ length: SAMPLES }, () => '-') };
  pairs.set(name, pair);
  pair.came[sample] = first === earlier.id ? '<' : '>';
}

function runOnce<R>(start: () => Execution<R>, random: () => number): Sampled[] {
  const run = new Run(start());
  const events: Sampled[] = [];
  for (let enabled = run.execution.enabled(); enabled.length > 0 && run.length < MAX_TURNS; enabled = run.execution.enabled()) {
    const event = enabled[Math.floor(random() * enabled.length)]!;
    const { id, task } = event;
    events.push({ id, task, isMovable: isMovable(event), footprint: run.fire(event) });
  }
  return events;
}

/** One after the other the pair that tells most about the samples, given those chosen before. */
function choosePairs(pairs: readonly Pair[], most: number): Pair[] {
  const chosen: Pair[] = [];
  let groups: readonly string[] = Array.from({ length: SAMPLES }, () => '');
  while (chosen.length < most) {
    let best: { readonly pair: Pair; readonly gain: number; readonly groups: readonly string[] } | undefined;
    for (const pair of pairs) {
      const refined = groups.map((group, sample) => group + pair.came[sample]!);
      const gain = (entropy(refined) - entropy(groups)) * (pair.came.filter((came) => came !== '-').length / SAMPLES) ** 2;
      if (gain > (best?.gain ?? 0.05)) best = { pair, gain, groups: refined };
    }
    if (best === undefined) break;
    chosen.push(best.pair);
    groups = best.groups;
  }
  return chosen;
}

function entropy(groups: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / groups.length) * Math.log2(count / groups.length), 0);
}
