/** One operation, as a specification is asked about it. */
export interface Operation {
  readonly method: string;
  /** The list of arguments as JSON. */
  readonly args: string;
}

/** What a sequential object answers. */
export interface Answer {
  /** What the operation returned or threw, in the same words as the `result` of a recorded call. */
  readonly result: string;
  /** Text that is equal only for objects that will answer all further operations alike. Absent: unknown; then no two sequences of operations are taken to lead to the same state. */
  readonly state?: string;
}

/**
 * Asks the sequential object: makes a fresh one, applies `operations` to it one after the other and answers for the last of them.
 * Must be deterministic; there is at least one operation.
 */
export type Replay = (operations: readonly Operation[]) => Answer;

/** A state of the sequential object. */
export interface SpecifiedState {
  /** Equal for states that are the same. */
  readonly id: number;
  readonly operations: readonly Operation[];
  readonly next: Map<string, SpecifiedStep>;
}

export interface SpecifiedStep {
  readonly result: string;
  readonly state: SpecifiedState;
}

/** Whether one sequential order explains a history. `undecided`: the search was given up. */
export type Linearizability = 'linearizable' | 'wrong' | 'undecided';

const MOST_STATES = 200_000;
const mostHistories = 100_000;

/**
 * A sequential specification as a table that grows as it is asked: from the states that were reached, by operation, what is
 * answered and where it leads. So the user's object runs once for each sequence of operations and never again, in whatever
 * execution it is met. Begun anew when it has grown too large.
 */
export class SequentialSpecification {
  readonly #replay: Replay;
  readonly #mostStates: number;
  #start = initial();
  #states = 1;
  readonly #byText = new Map<string, SpecifiedState>();
  readonly #verdicts = new Map<string, Linearizability>();
  /** Histories whose search was given up: nothing is known of them. */
  undecided = 0;

  constructor(replay: Replay, mostStates = MOST_STATES) {
    this.#replay = replay;
    this.#mostStates = mostStates;
  }

  /** A fresh object. */
  start(): SpecifiedState {
    if (this.#states > this.#mostStates) {
      this.#start = initial();
      this.#states = 1;
      this.#byText.clear();
    }
    return this.#start;
  }

  apply(state: SpecifiedState, operation: Operation): SpecifiedStep {
    const key = JSON.stringify([operation.method, operation.args]);
    let step = state.next.get(key);
    if (step === undefined) state.next.set(key, (step = this.#ask([...state.operations, { method: operation.method, args: operation.args }])));
    return step;
  }

  #ask(operations: readonly Operation[]): SpecifiedStep {
    const { result, state: text } = this.#replay(operations);
    const known = text === undefined ? undefined : this.#byText.get(text);
    if (known !== undefined) return { result, state: known };
    const state: SpecifiedState = { id: this.#states++, operations, next: new Map() };
    if (text !== undefined) this.#byText.set(text, state);
    return { result, state };
  }

  /** Judges each history once: most executions repeat one that was seen before. */
  verdictOf(history: string, judge: () => Linearizability): Linearizability {
    let verdict = this.#verdicts.get(history);
    if (verdict !== undefined) return verdict;
    verdict = judge();
    if (verdict === 'undecided') this.undecided++;
    if (this.#verdicts.size >= mostHistories) this.#verdicts.clear();
    this.#verdicts.set(history, verdict);
    return verdict;
  }
}

function initial(): SpecifiedState {
  return { id: 0, operations: [], next: new Map() };
}
