import type { HistoryCall } from './history.js';
import type { Linearizability, SequentialSpecification, SpecifiedState } from './specification.js';

export interface Linearization {
  readonly verdict: Linearizability;
  /** Indices of calls: an order that explains the history; if there is none, the longest beginning of one that the specification allows. */
  readonly order: readonly number[];
}

/** Configurations that a search may visit. Memory grows with it. */
const mostConfigurations = 500_000;

/**
 * Linearizability by the search of Wing and Gong with the memory of Lowe: calls are put in an order one by one; next may come any
 * call that was invoked before every open call responded; a set of calls with a state that was met before leads nowhere new. A call
 * that never answered may take effect with any result, or not at all.
 */
export function linearize(calls: readonly HistoryCall[], specification: SequentialSpecification, limit = mostConfigurations): Linearization {
  return new Search(calls, specification, limit).run();
}

class Search {
  readonly #calls: readonly HistoryCall[];
  readonly #specification: SequentialSpecification;
  readonly #isDone: boolean[];
  readonly #order: number[] = [];
  readonly #met = new Set<string>();
  #configurationsLeft: number;
  /** Calls that answered and have no place in the order yet. */
  #open: number;
  #longest: readonly number[] = [];

  constructor(calls: readonly HistoryCall[], specification: SequentialSpecification, limit: number) {
    this.#calls = calls;
    this.#specification = specification;
    this.#isDone = calls.map(() => false);
    this.#open = calls.filter(isComplete).length;
    this.#configurationsLeft = limit;
  }

  run(): Linearization {
    if (this.#completes(this.#specification.start())) return { verdict: 'linearizable', order: this.#order };
    return this.#configurationsLeft < 0 ? { verdict: 'undecided', order: [] } : { verdict: 'wrong', order: this.#longest };
  }

  /** The open calls can follow those that have their place. */
  #completes(state: SpecifiedState): boolean {
    if (this.#open === 0) return true;
    if (this.#order.length > this.#longest.length) this.#longest = [...this.#order];
    const configuration = `${state.id} ${setText(this.#isDone)}`;
    if (this.#met.has(configuration) || --this.#configurationsLeft < 0) return false;
    this.#met.add(configuration);
    return candidates(this.#calls, this.#isDone).some((at) => this.#completesBy(at, state));
  }

  #completesBy(at: number, state: SpecifiedState): boolean {
    const call = this.#calls[at]!;
    const { result, state: next } = this.#specification.apply(state, call);
    const answered = isComplete(call);
    if (answered && result !== call.result) return false;
    this.#place(at, answered);
    if (this.#completes(next)) return true;
    this.#take(at, answered);
    return false;
  }

  #place(at: number, answered: boolean): void {
    this.#isDone[at] = true;
    this.#order.push(at);
    if (answered) this.#open--;
  }

  #take(at: number, answered: boolean): void {
    this.#isDone[at] = false;
    this.#order.pop();
    if (answered) this.#open++;
  }
}

export function isComplete({ responded }: HistoryCall): boolean {
  return Number.isFinite(responded);
}

/** Calls that may be next: invoked before every open call has responded. Those that answered come first: a call that did not need not have happened. */
export function candidates(calls: readonly HistoryCall[], isDone: readonly boolean[]): readonly number[] {
  let firstResponse = Infinity;
  calls.forEach(({ responded }, at) => { if (!isDone[at]) firstResponse = Math.min(firstResponse, responded); });
  const next = calls.flatMap(({ invoked }, at) => (isDone[at] || invoked > firstResponse ? [] : [at]));
  return [...next.filter((at) => isComplete(calls[at]!)), ...next.filter((at) => !isComplete(calls[at]!))];
}

function setText(isDone: readonly boolean[]): string {
  let text = '';
  for (let at = 0; at < isDone.length; at += 16) {
    let bits = 0;
    for (let bit = 0; bit < 16 && at + bit < isDone.length; bit++) if (isDone[at + bit]) bits |= 1 << bit;
    text += String.fromCharCode(bits);
  }
  return text;
}
