import { DEFAULT_MAX_TURNS, type Execution, type OnExecution, type PendingEvent, type SearchLimit, type SearchOptions, type SearchSummary } from './execution.js';
import type { Footprint } from './footprint.js';
import { OrderedExecution, OrderedExecutions } from './ordered-execution.js';
import { Run, type Fork } from './run.js';

/** Which choices a depth-first search follows. */
export interface Rules<R> {
  /** The events to try at a choice, in order; none gives the execution up. */
  choices(run: Run<R>, enabled: readonly PendingEvent[]): readonly PendingEvent[];
  /** Called with every newly fired event and its depth; false gives the execution up. */
  isWorthwhile?(run: Run<R>, depth: number, event: PendingEvent, footprint: Footprint): boolean;
  /** Whether a complete execution is reported. */
  isReported?(run: Run<R>): boolean;
}

interface Frame extends Fork {
  readonly choices: readonly PendingEvent[];
  next: number;
}

/** Follows every path that the rules allow; an execution that cannot be rewound is run again from its start. */
export class DepthFirstSearch<R> {
  readonly #start: () => Execution<R>;
  readonly #rules: Rules<R>;
  readonly #options: SearchOptions;
  readonly #onExecution: OnExecution<R>;
  readonly #frames: Frame[] = [];
  readonly #run: Run<R>;
  #executions = 0;
  #blocked = 0;
  #limit: SearchLimit | undefined;
  #hasMore = true;

  constructor(start: () => Execution<R>, rules: Rules<R>, options: SearchOptions, onExecution: OnExecution<R>) {
    this.#start = start;
    this.#rules = rules;
    this.#options = options;
    this.#onExecution = onExecution;
    this.#run = new Run(start());
  }

  search(): SearchSummary {
    this.goOn(() => false);
    return this.summary;
  }

  /** Until all is explored, a limit is met, or `isEnough`, which is asked between executions; false if there is nothing to go on with. */
  goOn(isEnough: () => boolean): boolean {
    while (this.#hasMore && this.#begin()) {
      this.#end(this.#return() && this.#extend());
      this.#hasMore = this.#backtrack();
      if (this.#hasMore && isEnough()) return true;
    }
    return false;
  }

  get summary(): SearchSummary {
    const limit = this.#limit;
    return { executions: this.#executions, blocked: this.#blocked, transitions: this.#run.fired, exhaustive: limit === undefined, limit };
  }

  /** False if the search is over its budget. */
  #begin(): boolean {
    if (this.#limit === 'stopped') return false;
    if (this.#options.signal?.aborted === true) this.#limit = 'signal';
    else if (this.#executions >= this.#options.maxExecutions) this.#limit = 'executions';
    else return true;
    return false;
  }

  /** Back to the deepest choice, and into its next event; false if the execution is given up. */
  #return(): boolean {
    const last = this.#frames.length - 1;
    if (last < 0) return true;
    if (this.#run.canRewind) this.#run.rewind(last);
    else this.#runAgain(last);
    return this.#fire(this.#frames[last]!);
  }

  #runAgain(depth: number): void {
    this.#run.restart(this.#start());
    for (let at = 0; at < depth; at++) this.#run.replay(this.#frames[at]!);
  }

  #fire(frame: Frame): boolean {
    const event = this.#run.eventAt(frame, frame.choices[frame.next]!.id);
    const footprint = this.#run.fire(event);
    return this.#rules.isWorthwhile?.(this.#run, this.#run.length - 1, event, footprint) ?? true;
  }

  /** False if the execution was given up. */
  #extend(): boolean {
    const maxTurns = this.#options.maxTurns ?? DEFAULT_MAX_TURNS;
    for (;;) {
      const enabled = this.#run.execution.enabled();
      if (enabled.length === 0) return true;
      if (this.#run.length >= maxTurns) {
        this.#run.isTruncated = true;
        this.#limit = 'turns';
        return true;
      }
      // The execution's own array may change.
      const noted = enabled.slice();
      const choices = this.#rules.choices(this.#run, noted);
      if (choices.length === 0) return false;
      const frame: Frame = { enabled: noted, choices, next: 0 };
      this.#frames.push(frame);
      if (!this.#fire(frame)) return false;
    }
  }

  #end(isComplete: boolean): void {
    const run = this.#run;
    if (!isComplete || this.#rules.isReported?.(run) === false) this.#blocked++;
    else {
      this.#executions++;
      if (this.#onExecution(run.execution.result(), run) === 'stop') this.#limit = 'stopped';
    }
  }

  #backtrack(): boolean {
    for (let frame = this.#frames[this.#frames.length - 1]; frame !== undefined; frame = this.#frames[this.#frames.length - 1]) {
      if (++frame.next < frame.choices.length) return true;
      this.#frames.pop();
    }
    return false;
  }
}

export function searchDepthFirst<R>(start: () => Execution<R>, rules: Rules<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  return new DepthFirstSearch(start, rules, options, onExecution).search();
}

/** A search for every order of events, of the whole or of a part. */
export function beginNaively<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): DepthFirstSearch<R> {
  const orders = options.subtree?.orders ?? [];
  const begin = orders.length === 0 ? start : new OrderedExecutions(start, orders, 'each sequence').start;
  const rules: Rules<R> = { choices: (_run, enabled) => enabled, isReported: ({ execution }) => !(execution instanceof OrderedExecution) || execution.isOwn() };
  return new DepthFirstSearch(begin, rules, options, onExecution);
}

export function exploreNaively<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  return beginNaively(start, options, onExecution).search();
}
