import { DEFAULT_MAX_TURNS, type Execution, type OnExecution, type PendingEvent, type SearchLimit, type SearchOptions, type SearchSummary } from './execution.js';
import { orderAfter, type FiredEvent } from './happens-before.js';
import { idsOf, Run, type Fork } from './run.js';
import { Reversal, reversedRace, type Branch, type Sleeper, type Tail } from './wakeup.js';

/** A choice on the current path: what was enabled, what is done, what is to be done, and what was fired. */
interface Frame extends Fork {
  readonly sleep: Sleeper[];
  /** The first branch is the one being explored. */
  readonly branches: Branch[];
  fired: FiredEvent | undefined;
  /** The fired event said beforehand what it would touch. */
  isDeclared: boolean;
  /** The events that were enabled before the fired event, but not after it. */
  disabled: readonly Tail[];
}

type End = 'complete' | 'truncated' | 'blocked';

/**
 * Optimal dynamic partial-order reduction (Abdulla, Aronis, Jonsson, Sagonas: Source Sets, JACM 2017): depth first, by re-execution.
 *
 *  1. Two executions are equivalent if one becomes the other by exchanging neighbours that are independent (no conflict between
 *     their footprints, neither creates the other). Each class is reported exactly once: sleep sets keep a second one from completing.
 *  2. At the end of an execution, be it complete or blocked, each of its races is turned round, in a wake-up tree at the choice where
 *     the race's first event was fired.
 *     So is the disabling of an event: it is put before the event that disabled it.
 *  3. A branch is left out only if all its continuations have been explored, or will be below a branch that stands to its left.
 *  4. What a whole turn touches is only known once it has run, so a reversed race is left out on sure knowledge alone. An execution
 *     that then proves to have been begun in vain ends when all that is enabled sleeps, and is counted as blocked.
 */
class OptimalSearch<R> {
  readonly #start: () => Execution<R>;
  readonly #options: SearchOptions;
  readonly #onExecution: OnExecution<R>;
  readonly #maxTurns: number;
  readonly #frames: Frame[] = [];
  /** The fired events of `frames`. */
  readonly #fired: FiredEvent[] = [];
  #executions = 0;
  #blocked = 0;
  #transitions = 0;
  #limit: SearchLimit | undefined;

  constructor(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>) {
    this.#start = start;
    this.#options = options;
    this.#onExecution = onExecution;
    this.#maxTurns = options.maxTurns ?? DEFAULT_MAX_TURNS;
  }

  search(): SearchSummary {
    while (!this.#isOverBudget() && this.#runOnce() === 'continue' && this.#backtrack());
    const limit = this.#limit;
    return { executions: this.#executions, blocked: this.#blocked, transitions: this.#transitions, exhaustive: limit === undefined, limit };
  }

  #isOverBudget(): boolean {
    if (this.#options.signal?.aborted === true) this.#limit = 'signal';
    else if (this.#executions >= this.#options.maxExecutions) this.#limit = 'executions';
    else return false;
    return true;
  }

  #runOnce(): 'continue' | 'stop' {
    const run = new Run(this.#start());
    this.#replay(run);
    const end = this.#extend(run);
    this.#transitions += run.steps.length;
    if (end === 'blocked') {
      this.#blocked++;
      this.#reverseRaces();
      return 'continue';
    }
    if (end === 'truncated') {
      run.isTruncated = true;
      this.#limit = 'turns';
    }
    this.#executions++;
    const answer = this.#onExecution(run.execution.result(), run);
    if (answer === 'stop') this.#limit = 'stopped';
    else this.#reverseRaces();
    return answer;
  }

  /** Back to the deepest choice, and into its next branch. */
  #replay(run: Run<R>): void {
    const last = this.#frames.length - 1;
    for (let depth = 0; depth < last; depth++) run.replay(this.#frames[depth]!, this.#fired[depth]!.id);
    if (last >= 0) this.#fire(run, this.#frames[last]!);
  }

  #extend(run: Run<R>): End {
    for (;;) {
      const enabled = run.execution.enabled();
      if (enabled.length === 0) return 'complete';
      if (run.steps.length >= this.#maxTurns) return 'truncated';
      const frame = this.#open(run, enabled);
      if (frame === undefined) return 'blocked';
      this.#frames.push(frame);
      this.#fire(run, frame);
    }
  }

  #open(run: Run<R>, enabled: readonly PendingEvent[]): Frame | undefined {
    const parent = this.#frames[this.#frames.length - 1];
    const sleep = parent === undefined ? [] : stillAsleep(parent);
    const given = parent?.branches[0]?.children ?? [];
    const frame: Frame = { enabled: idsOf(enabled), sleep, branches: given, fired: undefined, isDeclared: false, disabled: NONE };
    if (given.some((branch) => frame.enabled.includes(branch.id))) return this.#dropUseless(frame) ? frame : undefined;
    given.length = 0;
    const event = this.#choose(run, enabled, sleep);
    if (event === undefined) return undefined;
    given.push({ id: event.id, footprint: undefined, children: [] });
    return frame;
  }

  /** Goes on with the task of the last turn if it can, so that the first executions have few switches. */
  #choose(run: Run<R>, enabled: readonly PendingEvent[], sleep: readonly Sleeper[]): PendingEvent | undefined {
    const task = run.steps[run.steps.length - 1]?.task;
    const candidates = enabled.filter((event) => !isAsleep(sleep, event.id));
    return candidates.find((event) => event.task === task) ?? candidates[0];
  }

  /** Leaves out branches that lead nowhere new, or nowhere, since the race that they reverse has a fixed order after all. */
  #dropUseless(frame: Frame): boolean {
    for (let branch = frame.branches[0]; branch !== undefined; branch = frame.branches[0]) {
      if (!isAsleep(frame.sleep, branch.id) && frame.enabled.includes(branch.id)) return true;
      frame.branches.shift();
    }
    return false;
  }

  #fire(run: Run<R>, frame: Frame): void {
    const event = run.eventAt(frame, frame.branches[0]!.id);
    frame.isDeclared = event.footprint !== undefined;
    const others = run.execution.enabled().filter((other) => other !== event);
    const footprint = run.fire(event);
    frame.disabled = missing(others, run.execution.enabled());
    frame.fired = orderAfter(this.#fired, event, footprint);
    this.#fired.push(frame.fired);
  }

  /** Turns round every race of the execution that has just ended. */
  #reverseRaces(): void {
    for (let index = 0; index < this.#fired.length; index++) {
      for (const first of this.#fired[index]!.races) if (!this.#isEnabledBy(first, index)) this.#reverse(first, index);
      this.#reverseDisabling(index);
    }
  }

  /** Without the event at `first`, the one at `second` would not have been possible. */
  #isEnabledBy(first: number, second: number): boolean {
    const { id } = this.#fired[second]!;
    return !this.#frames[first]!.enabled.includes(id) && this.#frames[first + 1]!.enabled.includes(id);
  }

  #reverse(first: number, second: number): void {
    const { id, footprint } = this.#fired[second]!;
    const isDeclared = this.#frames[second]!.isDeclared;
    this.#plan(this.#frames[first]!, reversedRace(this.#fired, first, { id, footprint: isDeclared ? footprint : undefined }));
  }

  /** An event that the one at `index` made impossible (it cleared a timer, took a lock) may never fire in this execution: it has to come first. */
  #reverseDisabling(index: number): void {
    const frame = this.#frames[index]!;
    for (const tail of frame.disabled) this.#plan(frame, new Reversal(this.#fired, [], tail));
  }

  #plan(frame: Frame, reversal: Reversal): void {
    if (!reversal.isCoveredBy(frame.sleep)) reversal.insertInto(frame.branches);
  }

  /** The explored branch goes to sleep; false if no choice is left. */
  #backtrack(): boolean {
    for (let frame = this.#frames[this.#frames.length - 1]; frame !== undefined; frame = this.#frames[this.#frames.length - 1]) {
      if (frame.fired !== undefined) this.#close(frame, frame.fired);
      if (this.#dropUseless(frame)) return true;
      this.#frames.pop();
    }
    return false;
  }

  #close(frame: Frame, fired: FiredEvent): void {
    frame.sleep.push({ id: fired.id, footprint: fired.footprint });
    frame.branches.shift();
    frame.fired = undefined;
    this.#fired.pop();
  }
}

const NONE: readonly Tail[] = [];

function missing(events: readonly PendingEvent[], enabled: readonly PendingEvent[]): readonly Tail[] {
  const isMissing = ({ id }: PendingEvent): boolean => !enabled.some((event) => event.id === id);
  return events.some(isMissing) ? events.filter(isMissing).map(({ id, footprint }) => ({ id, footprint })) : NONE;
}

/** The sleepers of a choice that its fired event does not wake. */
function stillAsleep(frame: Frame): Sleeper[] {
  const { footprint } = frame.fired!;
  return frame.sleep.filter((sleeper) => !sleeper.footprint.conflictsWith(footprint));
}

function isAsleep(sleep: readonly Sleeper[], id: string): boolean {
  return sleep.some((sleeper) => sleeper.id === id);
}

/** Reports one execution of each equivalence class. */
export function exploreOptimally<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  return new OptimalSearch(start, options, onExecution).search();
}
