import { Cuts } from './cuts.js';
import { DEFAULT_MAX_TURNS, type Execution, type OnExecution, type PendingEvent, type SearchLimit, type SearchOptions, type SearchSummary } from './execution.js';
import { find, Frame, NO_EVENTS } from './frame.js';
import { put, shorten } from './lists.js';
import { Progress } from './progress.js';
import { FootprintError } from './nondeterminism.js';
import { OrderedExecution, OrderedExecutions } from './ordered-execution.js';
import { Run } from './run.js';
import { Trace, UNSETTLED, type Race, type TracedEvent } from './trace.js';
import { Reversal } from './wakeup.js';

type End = 'complete' | 'truncated' | 'blocked';

/**
 * Optimal dynamic partial-order reduction (Abdulla, Aronis, Jonsson, Sagonas: Source Sets, JACM 2017), depth first.
 *
 *  1. Two executions are equivalent if one becomes the other by exchanging neighbours that are independent (no conflict between
 *     their footprints, neither creates the other). Each class is reported exactly once: sleep sets keep a second one from completing.
 *  2. At the end of an execution, be it complete or blocked, each of its races is turned round, in a wake-up tree at the choice where
 *     the race's first event was fired. So is the disabling of an event: it is put before the event that disabled it.
 *  3. A guarded event (a lock, a wait) races with what it could have been fired before, see `Cuts`; one that still waits at the end
 *     is treated as if it came last.
 *  4. A branch is left out only if all its continuations have been explored, or will be below a branch that stands to its left.
 *  5. What a whole turn touches is only known once it has run, so a reversed race is left out on sure knowledge alone. An execution
 *     that then proves to have been begun in vain ends when all that is enabled sleeps, and is counted as blocked. Where all events
 *     declare their footprints there is none.
 *  6. A race is looked at again only if the events that settled it are no longer part of the execution.
 *
 * An execution that can be rewound is made once; others are run again from the start, and then must offer the same choices.
 */
export class OptimalSearch<R> {
  readonly #start: () => Execution<R>;
  readonly #options: SearchOptions;
  readonly #onExecution: OnExecution<R>;
  readonly #maxTurns: number;
  /** Those of the current path are the first `depth`; the others wait to be used again. */
  readonly #frames: Frame[] = [];
  #depth = 0;
  readonly #trace = new Trace();
  readonly #reversal = new Reversal(this.#trace);
  readonly #cuts = new Cuts(this.#trace);
  readonly #progress: Progress;
  readonly #run: Run<R>;
  /** Everything of the execution up to here was there when races were last turned round. */
  #known = 0;
  /** For each guarded event below that whether its races are in the trace. */
  readonly #simple: boolean[] = [];
  /** There are events that another may push aside. */
  #mayPushAside = false;
  #executions = 0;
  #blocked = 0;
  #limit: SearchLimit | undefined;
  /** Between two executions, before the event at the last choice of the path is fired. */
  #isPaused = false;
  constructor(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>) {
    this.#start = start;
    this.#options = options;
    this.#onExecution = onExecution;
    this.#maxTurns = options.maxTurns ?? DEFAULT_MAX_TURNS;
    this.#progress = new Progress(options);
    this.#run = new Run(start());
  }

  search(): SearchSummary {
    this.goOn(() => false);
    return this.summary;
  }

  /** Until all is explored, a limit is met, or `isEnough`, which is asked between executions; false if there is nothing to go on with. */
  goOn(isEnough: () => boolean): boolean {
    for (;;) {
      if (this.#isOverBudget()) return false;
      if (this.#isPaused) this.#return();
      this.#isPaused = false;
      if (this.#runOnce() === 'stop' || !this.#backtrack()) return false;
      this.#isPaused = true;
      if (isEnough()) return true;
    }
  }

  get summary(): SearchSummary {
    const limit = this.#limit;
    return { executions: this.#executions, blocked: this.#blocked, transitions: this.#run.fired, exhaustive: limit === undefined, limit };
  }

  #isOverBudget(): boolean {
    if (this.#options.signal?.aborted === true) this.#limit = 'signal';
    else if (this.#executions >= this.#options.maxExecutions) this.#limit = 'executions';
    else return false;
    return true;
  }

  #runOnce(): 'continue' | 'stop' {
    const end = this.#extend();
    if (end === 'blocked' || !this.#isOwn()) {
      this.#blocked++;
      this.#reverseRaces();
      return 'continue';
    }
    if (end === 'truncated') {
      this.#run.isTruncated = true;
      this.#limit = 'turns';
    }
    this.#executions++;
    const answer = this.#onExecution(this.#run.execution.result(), this.#run);
    if (answer === 'stop') this.#limit = 'stopped';
    else this.#reverseRaces();
    return answer;
  }

  /** Of a search that is confined to a subtree: whether the execution belongs to it, and not to another one. */
  #isOwn(): boolean {
    const { execution } = this.#run;
    return !(execution instanceof OrderedExecution) || execution.isOwn();
  }

  /** Back to the deepest choice, and into its next branch. */
  #return(): void {
    const last = this.#depth - 1;
    if (!this.#run.canRewind) this.#runAgain(last);
    this.#fire(this.#frames[last]!);
    this.#progress.report(this.#executions, this.#run.fired, this.#frames, this.#depth);
  }

  #runAgain(depth: number): void {
    this.#run.restart(this.#start());
    for (let at = 0; at < depth; at++) this.#run.replay(this.#frames[at]!);
  }

  #extend(): End {
    for (;;) {
      const enabled = this.#run.execution.enabled();
      if (enabled.length === 0) return 'complete';
      if (this.#run.length >= this.#maxTurns) return 'truncated';
      const frame = this.#open(enabled);
      if (frame === undefined) return 'blocked';
      this.#depth++;
      this.#fire(frame);
    }
  }

  #open(enabled: readonly PendingEvent[]): Frame | undefined {
    const frame = (this.#frames[this.#depth] ??= new Frame());
    if (this.#depth > 0) this.#inherit(frame, this.#frames[this.#depth - 1]!);
    else this.#begin(frame);
    frame.inherited = frame.sleep.length;
    if (!this.#takeNext(frame, enabled)) {
      const event = this.#choose(enabled, frame);
      if (event === undefined) return undefined;
      frame.current = this.#reversal.branchOn(this.#trace.numberOf(event.id));
    }
    // What can be pushed aside shows in the first execution, if it can at all; then all that waits is looked at from there on.
    const blocked = this.#mayPushAside || this.#executions + this.#blocked === 0 ? this.#blockedEvents() : NO_EVENTS;
    frame.open(enabled, blocked, this.#run.canRewind, this.#executions);
    this.#mayPushAside ||= frame.hasMovable;
    return frame;
  }

  /** The sleepers that the last fired event does not wake, and what is planned after it. */
  #inherit(frame: Frame, parent: Frame): void {
    const fired = this.#trace.footprints[this.#trace.length - 1]!;
    const { sleep } = frame;
    // Lists are overwritten, not emptied, which would give up their room.
    let asleep = 0;
    for (let i = 0; i < parent.sleep.length; i++) if (!fired.conflictsWith(parent.sleep[i]!.footprint)) put(sleep, asleep++, parent.sleep[i]!);
    shorten(sleep, asleep);
    frame.plan(parent.current!.rest());
  }

  #begin(frame: Frame): void {
    shorten(frame.sleep, 0);
    frame.plan([]);
  }

  /**
   * Makes the next planned branch the current one; false if there is none. Branches that lead nowhere new are left out, and those
   * that lead nowhere, since the race that they reverse has a fixed order after all.
   */
  #takeNext(frame: Frame, enabled: readonly PendingEvent[]): boolean {
    for (frame.current = frame.branches.shift(); frame.current !== undefined; frame.current = frame.branches.shift()) {
      const { number } = frame.current;
      if (!frame.isAsleep(number) && find(enabled, this.#trace.idOf(number)) !== undefined) return true;
    }
    return false;
  }

  /** Goes on with the task of the last turn if it can, so that the first executions have few switches. */
  #choose(enabled: readonly PendingEvent[], frame: Frame): PendingEvent | undefined {
    const { task } = this.#run;
    let first: PendingEvent | undefined;
    for (let i = 0; i < enabled.length; i++) {
      const event = enabled[i]!;
      if (frame.sleep.length > 0 && frame.isAsleep(this.#trace.numberOf(event.id))) continue;
      if (event.task === task) return event;
      first ??= event;
    }
    return first;
  }

  #fire(frame: Frame): void {
    const { number, footprint: planned } = frame.current!;
    const id = this.#trace.idOf(number);
    const event = this.#run.canRewind ? find(this.#run.execution.enabled(), id)! : this.#run.eventAt(frame, id);
    const footprint = this.#run.fire(event);
    if (planned !== undefined && event.footprint !== undefined && planned !== footprint && !planned.isLike(footprint)) throw new FootprintError(id);
    if (frame.hasMovable) frame.noteDisabled(event, this.#run.execution.enabled(), this.#blockedEvents());
    else frame.disabled = NO_EVENTS;
    this.#trace.push(event, footprint);
  }

  /** Turns round every race of the execution that has just ended. */
  #reverseRaces(): void {
    const trace = this.#trace;
    for (let index = 0; index < trace.length; index++) {
      const event = trace.events[index]!;
      if (event.guard !== undefined && !this.#isSimple(event, index)) this.#reverseGuarded(event, index);
      const count = trace.raceCount[index]!;
      for (let rank = 0; rank < count; rank++) {
        const race = trace.races[index]![rank]!;
        if (race.settledBy >= this.#known) this.#reverse(race, index);
      }
      const { disabled } = this.#frames[index]!;
      for (let rank = 0; rank < disabled.length; rank++) this.#reverseDisabling(disabled[rank]!, index);
    }
    for (const event of this.#blockedEvents()) this.#reverseGuarded(event, trace.length);
    this.#known = trace.length;
  }

  /** Its races are found once, and then are like those of others. */
  #isSimple(event: TracedEvent, index: number): boolean {
    if (index >= this.#known) this.#simple[index] = this.#cuts.findSimple(event, index);
    return this.#simple[index]!;
  }

  #reverse(race: Race, second: number): void {
    const event = this.#trace.events[second]!;
    if (event.channel !== undefined && this.#isEnabledBy(race.first, second)) return;
    const settledBy = this.#plan(race.first, this.#reversal.without(race.first, second, event));
    race.settledBy = settledBy === UNSETTLED ? UNSETTLED : Math.max(settledBy, second);
  }

  #reverseGuarded(event: TracedEvent, at: number): void {
    this.#cuts.find(event, at, (first, body, tail) => this.#plan(first, this.#reversal.of(body, tail)));
  }

  #reverseDisabling(event: PendingEvent, by: number): void {
    if (event.guard === undefined) this.#plan(by, this.#reversal.only({ event, footprint: event.footprint }));
    else this.#cuts.findCancelled(event, by, (first, body, tail) => this.#plan(first, this.#reversal.of(body, tail)));
  }

  #blockedEvents(): readonly PendingEvent[] {
    return this.#run.execution.blocked?.() ?? NO_EVENTS;
  }

  /** Without the event at `first`, the one at `second` would not have been the next of its channel. */
  #isEnabledBy(first: number, second: number): boolean {
    const { id } = this.#trace.events[second]!;
    return find(this.#frames[first]!.movable, id) === undefined && find(this.#frames[first + 1]!.movable, id) !== undefined;
  }

  #plan(index: number, reversal: Reversal): number {
    const frame = this.#frames[index]!;
    const covered = reversal.coveredBy(frame.sleep);
    if (covered >= 0) return covered;
    return reversal.insertInto(frame.branches);
  }

  /** The explored branch goes to sleep; false if no choice is left. */
  #backtrack(): boolean {
    for (; this.#depth > 0; this.#depth--) {
      const frame = this.#frames[this.#depth - 1]!;
      this.#close(frame);
      if (frame.branches.length > 0 && this.#takeNext(frame, this.#enabledAt(this.#depth - 1))) return true;
    }
    return false;
  }

  #enabledAt(depth: number): readonly PendingEvent[] {
    if (!this.#run.canRewind) return this.#frames[depth]!.enabled;
    this.#run.rewind(depth);
    return this.#run.execution.enabled();
  }

  #close(frame: Frame): void {
    const at = this.#trace.length - 1;
    frame.sleep.push({ number: this.#trace.numbers[at]!, footprint: this.#trace.footprints[at]! });
    frame.branchesDone++;
    this.#trace.pop();
    this.#known = Math.min(this.#known, at);
  }
}

/** A search that reports one execution of each equivalence class, of the whole or of a part. */
export function beginOptimally<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): OptimalSearch<R> {
  const { subtree } = options;
  const begin = subtree === undefined || subtree.orders.length === 0 ? start : new OrderedExecutions(start, subtree.orders).start;
  return new OptimalSearch(begin, options, onExecution);
}

export function exploreOptimally<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  return beginOptimally(start, options, onExecution).search();
}
