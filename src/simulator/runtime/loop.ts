import type { Limit } from '../../model/index.js';
import { Footprint, FootprintRecorder, type Keys } from '../explore/footprint.js';
import { shorten } from '../explore/lists.js';
import { emptied } from './emptied.js';
import { CallbackJob, JobQueue, type Carried, type Job, type Stores } from './jobs.js';
import { isAbort, SimulationAbort } from './loop-abort.js';
import { LoopErrors, type LoopError } from './loop-errors.js';
import { LoopEvent, LoopEvents, type EventPlan } from './loop-events.js';
import { Identity, ObjectName } from './loop-identity.js';
import { EventNames, type EventName } from './loop-names.js';
import { setRunning } from './running-loop.js';
import { StepBudget } from './step-budget.js';

export { isAbort, SimulationAbort };
export type { EventPlan, LoopError, LoopEvent };
export { runningLoop } from './running-loop.js';

/** The pseudo-task on whose behalf everything before the first task runs. */
export const SETUP = 'setup';

/** Bounds of one execution. */
export interface LoopLimits {
  /** Steps (see `tick`), jobs and turns. */
  readonly steps?: number;
  /** How often one interval fires while other events are pending. */
  readonly intervalFirings?: number;
  /** A timer may fire after one that is due later; see `TimerOrder`. */
  readonly areTimersLate?: boolean;
}

/** One shared place that a turn reads or writes. */
export interface Touch {
  readonly object: number | string;
  readonly property: PropertyKey;
  readonly kind: 'read' | 'write';
}

export interface TaskStart {
  readonly task: string;
  readonly label: string;
  readonly fire: () => void;
  readonly footprint?: Footprint | undefined;
}

const DEFAULT_STEPS = 1_000_000;
const IMMEDIATES = 'immediates';
const DEFAULT_INTERVAL_FIRINGS = 5;
const mostKeys = 20_000;

/**
 * The event loop of one agent. Create it once and `reset` it before each execution.
 *
 *     enabled ──fire(event)──▶ turn: event.fire() ─▶ nextTicks ─▶ microtasks ─┐
 *        ▲                             │              ▲────── until both ─────┤
 *        └──────── addEvent ───────────┘                      are empty       ▼
 *                                                       unhandled rejections are noted
 *
 * Invariants
 *  1. The only choices are events: a turn, once fired, runs to its end and its outcome depends on nothing but the past.
 *  2. Microtasks run first in, first out, to the exact tick that ECMA-262 gives.
 *  3. The nextTick queue is emptied before microtasks, and again whenever these have run out; a turn ends when both are empty.
 *  4. Timers fire in deadline order, ties in creation order (unless they may be late); events of one channel in creation order.
 *     Immediates run in creation order, all that wait in one turn; if something external has happened since the first was made, before
 *     any timer. Nothing else orders events, so an immediate made by a timer or by set-up may run before or after a timer, as in Node.
 *  5. The clock moves only when a timer fires, and then to its deadline.
 *  6. Every job, timer and event runs under the task that created it, and with what AsyncLocalStorages held there.
 *  7. An event's id is its creator's id and its rank among what that turn created, so it is the same in every execution with the
 *     same past.
 *  8. The footprint of a turn names whatever its effect, or the events it enables and disables, depends on: if two turns that are
 *     enabled together have no conflict in their footprints, both orders lead to the same state.
 *  9. A rejection is unhandled if nobody reacts to it before its turn ends.
 * 10. Once a limit is overrun every later step throws the abort, so no `catch` or `finally` of the subject can go on.
 */
export class EventLoop {
  readonly agent: string;
  identity: Identity;
  finished = new Set<string>();
  /** The state of a promise of this loop; undefined for every other object. */
  lookAtPromise: (promise: object) => { readonly state: string; readonly result: unknown } | undefined = () => undefined;
  /** Which limit of the environment cut this execution short, though it did not end it. */
  bounded: string | undefined;
  /** The task on whose behalf code runs now. */
  task = SETUP;
  /** What its AsyncLocalStorages hold. */
  stores: Stores = undefined;
  /** Rank of the running turn: the set-up is 0, the first fired event 1. */
  turn = 0;
  turnEvent: LoopEvent | undefined;
  areTimersLate = false;
  /** The immediates that run next, as one event (invariant 4). */
  #immediates: LoopEvent | undefined;
  /** What their queue is called in footprints, or -1 while that is not known: each turn asks for it. */
  #immediatesKey = -1;

  #names = new EventNames();
  readonly #events = new LoopEvents();
  #recorder = new FootprintRecorder();
  /** What channels are called in footprints. */
  #channels = new Map<string, ObjectName>();
  readonly #nextTicks = new JobQueue();
  readonly #microtasks = new JobQueue();
  #errors = new LoopErrors();
  #creator: EventName = this.#names.root(SETUP);
  #created = 0;
  #promises = 0;
  #isInTurn = false;
  /** What is done when the turn has no jobs left. */
  readonly #turnEnds: (() => void)[] = [];
  #budget = new StepBudget(DEFAULT_STEPS);
  #intervalFirings = DEFAULT_INTERVAL_FIRINGS;
  #now = 0;

  constructor(options: { agent?: string } = {}) {
    this.agent = options.agent ?? 'main';
    this.identity = new Identity(this.#recorder.keys);
  }

  /** As if it had just been made: what events and objects of one program are called means nothing to the next. */
  renew(): void {
    this.#names = new EventNames();
    this.#recorder = new FootprintRecorder();
    this.#channels = new Map();
    this.#immediatesKey = -1;
    this.identity = new Identity(this.#recorder.keys);
    this.reset();
  }

  /** So much is known by name that it should be forgotten before another scenario is run. */
  get isCrowded(): boolean {
    return this.#recorder.keys.whole.length > mostKeys;
  }

  /** Back to the state before any code has run. */
  reset(limits: LoopLimits = {}): void {
    this.identity.clear();
    this.finished = emptied(this.finished);
    this.bounded = undefined;
    this.task = SETUP;
    this.stores = undefined;
    this.turn = 0;
    this.turnEvent = undefined;
    this.areTimersLate = limits.areTimersLate ?? false;
    this.#immediates = undefined;
    this.#events.clear();
    this.#recorder.take();
    this.#nextTicks.clear();
    this.#microtasks.clear();
    this.#errors = new LoopErrors();
    this.#creator = this.#names.root(SETUP);
    this.#created = 0;
    this.#promises = 0;
    this.#isInTurn = false;
    shorten(this.#turnEnds, 0);
    this.#budget = new StepBudget(limits.steps ?? DEFAULT_STEPS);
    this.#intervalFirings = limits.intervalFirings ?? DEFAULT_INTERVAL_FIRINGS;
    this.#now = 0;
    this.identity.enterTurn(this.#creator);
  }

  /** Runs `run` and the jobs it leaves as the turn `setup`, which is no choice. May be used once per execution, before any event fires. */
  setup(run: () => void): void {
    this.#runTurn(SETUP, run);
    this.#recorder.take();
  }

  /** A task that may start at any time. */
  addTask(start: TaskStart): LoopEvent {
    return this.#add(new LoopEvent(this.#names.root(start.task), start.task, start, 0, 'any'));
  }

  /** Something that may happen at any later time (invariant 7 gives its id). */
  addEvent(plan: EventPlan): LoopEvent {
    if (plan.channel !== undefined) this.#touchChannel(plan.channel, 'tail');
    return this.addOrderedEvent(plan, 0);
  }

  /** For platform objects with an order of their own; they touch what that order depends on themselves (invariant 8). */
  addOrderedEvent(plan: EventPlan, due: number): LoopEvent {
    if (!this.#isInTurn) throw new Error(`the event "${plan.label}" was created outside any turn`);
    return this.#add(new LoopEvent(this.#creator.child(++this.#created), plan.task ?? this.task, plan, due));
  }

  #add(event: LoopEvent): LoopEvent {
    event.stores = this.stores;
    this.#events.add(event);
    return event;
  }

  /** The event, created as cancellable, will not fire. Too late is no error. */
  cancel(event: LoopEvent): void {
    if (!event.isCancellable) throw new Error(`the event "${event.label}" was not created as cancellable`);
    this.touch(event.id, 'pending', 'write');
    if (event.channel !== undefined) {
      this.#touchChannel(event.channel, 'head');
      this.#touchChannel(event.channel, 'tail');
    }
    this.#events.remove(event);
  }

  /** The event waits for these, too, as far as they are pending; who calls it touches what that depends on. */
  delay(event: LoopEvent, after: readonly LoopEvent[]): void {
    this.#events.delay(event, after);
  }

  /** For platform objects with an order of their own. */
  removeOrderedEvent(event: LoopEvent): void {
    this.#events.remove(event);
  }

  /** What may fire next. The array is the loop's own: it changes with the next turn. */
  enabled(): readonly LoopEvent[] {
    return this.#events.enabled();
  }

  /** Fires an enabled event: one turn (invariant 1). Throws only an abort. */
  fire(event: LoopEvent): Footprint {
    this.#fire(event);
    return this.#recorder.take();
  }

  /** As `fire`, where nobody asks what the turn touches. */
  refire(event: LoopEvent): void {
    this.#recorder.isPaused = true;
    try {
      this.#fire(event);
    } finally {
      this.#recorder.isPaused = false;
    }
  }

  #fire(event: LoopEvent): void {
    if (!event.isPending) throw new Error(`the event "${event.id}" is not pending`);
    this.turn++;
    this.turnEvent = event;
    this.#creator = event.name;
    this.#created = 0;
    this.#promises = 0;
    this.identity.enterTurn(event.name);
    this.#events.remove(event);
    if (event.isCancellable) this.touch(event.id, 'pending', 'write');
    if (event.channel !== undefined) this.#touchChannel(event.channel, 'head');
    this.#runTurn(event.task, event.fire, event.stores);
    if (event.phase === 'poll') this.#pollEnds();
  }

  /** Behind I/O come the immediates, and only then timers again. */
  #pollEnds(): void {
    if (this.#immediatesKey < 0) this.#immediatesKey = this.#recorder.keys.of(IMMEDIATES, 'queue');
    this.touchKey(this.#immediatesKey, 'read');
    if (this.#immediates?.isPending === true && this.#events.holdTimers()) this.touch(IMMEDIATES, 'hold', 'write');
  }

  /** These immediates run next; `undefined`: they have begun to run, or none is left. */
  setImmediates(event: LoopEvent | undefined): void {
    this.touch(IMMEDIATES, 'queue', 'write');
    this.#immediates = event;
    if (event === undefined && this.#events.releaseTimers()) this.touch(IMMEDIATES, 'hold', 'write');
  }

  /** A timer fires: none does while immediates go before it. */
  noteTimer(): void {
    this.touch(IMMEDIATES, 'hold', 'read');
  }

  #runTurn(task: string, run: () => void, stores?: Stores): void {
    this.#isInTurn = true;
    const outer = setRunning(this);
    try {
      this.runMacrotask(task, run, stores);
    } finally {
      setRunning(outer);
      this.#isInTurn = false;
      this.task = SETUP;
      this.stores = undefined;
    }
  }

  /** A callback and the jobs that it leaves. A turn is one, or several that nothing can come between. */
  runMacrotask(task: string, run: () => void, stores?: Stores): void {
    this.runCallback(task, run, stores);
    do this.#drain(); while (this.#errors.noteUnhandled());
    while (this.#turnEnds.length > 0) this.#turnEnds.shift()!();
  }

  /** The platform goes on, on behalf of the task at hand, when control returns to the event loop; it runs no code of the subject. */
  atTurnEnd(run: () => void): void {
    this.#turnEnds.push(this.bind(run));
  }

  /** Runs a callback of the platform: what it throws nobody catches. */
  runCallback(task: string, run: () => void, stores?: Stores): void {
    this.task = task;
    this.stores = stores;
    try {
      this.tick();
      run();
    } catch (error) {
      this.#noteUncaught(error);
    }
  }

  #noteUncaught(error: unknown): void {
    if (isAbort(error)) throw error;
    this.#errors.note({ kind: 'uncaught', reason: error, task: this.task, turn: this.turn });
  }

  /** Invariant 3. */
  #drain(): void {
    do {
      this.#empty(this.#nextTicks);
      this.#empty(this.#microtasks);
    } while (!this.#nextTicks.isEmpty);
  }

  #empty(queue: JobQueue): void {
    for (let job = queue.take(); job !== undefined; job = queue.take()) this.#runJob(job);
  }

  #runJob(job: Job): void {
    this.task = job.task;
    this.stores = job.stores;
    try {
      this.tick();
      job.run();
    } catch (error) {
      this.#noteUncaught(error);
    }
  }

  /** Adds a promise job (invariant 2). */
  addMicrotask(job: Job): void {
    this.#microtasks.add(job);
  }

  /** What runs behind the callback at hand is not nothing. */
  get hasJobs(): boolean {
    return !this.#nextTicks.isEmpty || !this.#microtasks.isEmpty;
  }

  queueMicrotask(callback: (...args: unknown[]) => unknown): void {
    this.#microtasks.add(new CallbackJob(this, requireCallback(callback), []));
  }

  nextTick(callback: (...args: unknown[]) => unknown, ...args: unknown[]): void {
    this.#nextTicks.add(new CallbackJob(this, requireCallback(callback), args));
  }

  /** Runs `run` under another task, and with other stores. */
  runAs<T>(task: string, run: () => T, carried: Pick<Carried, 'stores'> = this): T {
    const { task: taskBefore, stores: storesBefore } = this;
    this.task = task;
    this.stores = carried.stores;
    try {
      return run();
    } finally {
      this.task = taskBefore;
      this.stores = storesBefore;
    }
  }

  /** A function that runs under today's task, and with today's stores, whenever it is called: AsyncResource.bind. */
  bind<A extends unknown[], T>(run: (...args: A) => T): (...args: A) => T {
    const { task, stores } = this;
    return (...args) => this.runAs(task, () => run(...args), { stores });
  }

  finish(task: string): void {
    this.finished.add(task);
  }

  isFinished(task: string): boolean {
    return this.finished.has(task);
  }

  /** A promise was rejected and nobody reacts to it yet (ECMA-262, HostPromiseRejectionTracker "reject"). */
  noteRejection(promise: object, reason: unknown): void {
    this.#errors.noteRejection({ kind: 'unhandledRejection', reason, task: this.task, turn: this.turn, promise });
  }

  /** Somebody reacts to it now ("handle"). */
  noteHandled(promise: object): void {
    this.#errors.noteHandled(promise);
  }

  /** What no code handled. */
  get errors(): readonly LoopError[] {
    return this.#errors.noted;
  }

  /** Is asked about an error that no code handled; true: it has dealt with it. Gone with the execution. */
  get onError(): LoopErrors['onError'] {
    return this.#errors.onError;
  }

  set onError(ask: LoopErrors['onError']) {
    this.#errors.onError = ask;
  }

  /** What the numbers in footprints stand for. */
  get keys(): Keys {
    return this.#recorder.keys;
  }

  /** This turn reads or writes a shared place; `*` is all of the object. */
  touch(object: number | string, property: PropertyKey, kind: 'read' | 'write'): void {
    this.#recorder.touch(object, property, kind);
  }

  #touchChannel(channel: string, end: 'head' | 'tail'): void {
    let name = this.#channels.get(channel);
    if (name === undefined) this.#channels.set(channel, (name = new ObjectName(this.#recorder.keys, `channel ${channel}`)));
    this.touchKey(name.key(end), 'write');
  }

  /** The name of the event whose turn runs, or ran last. */
  get turnName(): EventName {
    return this.#creator;
  }

  /** Gives the rank of a promise among those that this turn makes. */
  countPromise(): number {
    return this.#promises++;
  }

  /** This turn settles a promise of another turn, or adds a reaction to it. */
  touchPromise(turn: EventName, rank: number, kind: 'read' | 'write'): void {
    this.#recorder.touchKey((turn.promises[rank] ??= this.#recorder.keys.of(`promise ${turn.id}:${rank}`, 'state')), kind);
  }

  /** As `touch`, for a key whose number is known (`ObjectName.key`). */
  touchKey(key: number, kind: 'read' | 'write'): void {
    this.#recorder.touchKey(key, kind);
  }

  /** See `Footprint.sharesTurn`: which of the turns that come to `place` is the first, or the last, decides what they do. */
  takeTurn(place: string): void {
    this.#recorder.takeTurn(this.#recorder.keys.of(place, 'turn'));
  }

  /** A footprint to declare for an event: exactly what its turn is going to touch. */
  footprintOf(touches: readonly Touch[]): Footprint {
    const keysOf = (kind: Touch['kind']): number[] => touches.filter((touch) => touch.kind === kind).map(({ object, property }) => this.#recorder.keys.of(object, property));
    return new Footprint(this.#recorder.keys, keysOf('read'), keysOf('write'));
  }

  /** Counts steps of the subject; throws the abort once they are too many (invariant 10). */
  tick(steps = 1): void {
    this.#budget.spend(steps);
  }

  /** Ends the execution: throws now and at every later step. */
  abort(limit: string, overrun?: Limit): never {
    return this.#budget.abort(limit, overrun);
  }

  /** Milliseconds since the start of the execution, read from the virtual clock. */
  now(): number {
    this.touch('clock', 'now', 'read');
    return this.#now;
  }

  /** A timer fires: its deadline becomes the time (invariant 5). */
  advanceClock(deadline: number): void {
    this.touch('clock', 'now', 'write');
    if (deadline > this.#now) this.#now = deadline;
  }

  /** Whether an interval that has fired `firings` times fires again. Endless ones are bounded, or no execution would end. */
  mayRepeat(firings: number, label: string): boolean {
    if (firings < this.#intervalFirings) return true;
    this.bounded ??= `${label} was stopped after ${firings} firings`;
    return false;
  }
}

function requireCallback(callback: unknown): (...args: unknown[]) => unknown {
  if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
  return callback as (...args: unknown[]) => unknown;
}
