import type { Outcome } from '../../model/index.js';

/** Names of the members of an outcome's parts, in their order. */
interface Shape {
  readonly state: readonly string[];
  readonly results: readonly string[];
  readonly effects: readonly string[];
}

/**
 * Outcomes as they go from one thread to another. There may be thousands with the same names and few different values, and each object of a message
 * is spelled out, and built anew on the other side.
 */
export interface PackedOutcomes {
  readonly shapes: readonly Shape[];
  readonly texts: readonly string[];
  /** Of each outcome: the rank of its shape, the ranks of the texts of its state and its results, the numbers of its effects. */
  readonly cells: Float64Array;
}

export function packOutcomes(outcomes: readonly Outcome[]): PackedOutcomes {
  const cells: number[] = [];
  const shapes = new Shapes();
  const ranks = new Map<string, number>();
  const rankOf = (text: string): number => {
    let rank = ranks.get(text);
    if (rank === undefined) ranks.set(text, (rank = ranks.size));
    return rank;
  };
  for (const outcome of outcomes) {
    cells.push(shapes.rankOf(outcome));
    for (const name in outcome.state) cells.push(rankOf(outcome.state[name]!));
    for (const name in outcome.results) cells.push(rankOf(outcome.results[name]!));
    for (const name in outcome.effects) cells.push(outcome.effects[name]!);
  }
  return { shapes: shapes.all, texts: [...ranks.keys()], cells: new Float64Array(cells) };
}

export function unpackOutcomes({ shapes, texts, cells }: PackedOutcomes): Outcome[] {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < cells.length;) {
    const { state, results, effects } = shapes[cells[at++]!]!;
    const next = (): number => cells[at++]!;
    outcomes.push({ state: record(state, () => texts[next()]!), results: record(results, () => texts[next()]!), effects: record(effects, next) });
  }
  return outcomes;
}

function record<T>(names: readonly string[], next: () => T): Record<string, T> {
  const made: Record<string, T> = {};
  for (let rank = 0; rank < names.length; rank++) {
    const name = names[rank]!;
    if (name === '__proto__') Object.defineProperty(made, name, { value: next(), writable: true, enumerable: true, configurable: true });
    else made[name] = next();
  }
  return made;
}

/** The shapes of outcomes that were seen; most outcomes of a program have that of the one before. */
class Shapes {
  readonly all: Shape[] = [];
  #last = 0;

  rankOf(outcome: Outcome): number {
    const last = this.all[this.#last];
    if (last !== undefined && isOf(last, outcome)) return this.#last;
    const known = this.all.findIndex((shape) => isOf(shape, outcome));
    return (this.#last = known >= 0 ? known : this.all.push({ state: Object.keys(outcome.state), results: Object.keys(outcome.results), effects: Object.keys(outcome.effects) }) - 1);
  }
}

function isOf({ state, results, effects }: Shape, outcome: Outcome): boolean {
  return areNames(state, outcome.state) && areNames(results, outcome.results) && areNames(effects, outcome.effects);
}

function areNames(names: readonly string[], record: object): boolean {
  let rank = 0;
  for (const name in record) if (names[rank++] !== name) return false;
  return rank === names.length;
}
