import type { Execution, PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';
import { find, isMovable } from './frame.js';
import { KnownEffects, type Effect } from './known-effects.js';
import { NondeterminismError } from './nondeterminism.js';
import { scheduleOf } from './execution.js';
import { put } from './lists.js';
import { TraceClass } from './trace-class.js';

/** An event as a state has it. */
interface Listed extends PendingEvent {
  /** Its place among those that are enabled there. */
  readonly place: number;
}

/** What firing an event did. */
interface Step<R> {
  readonly footprint: Footprint;
  readonly state: State<R>;
}

/** A state, known by what can happen in it. */
interface State<R> {
  readonly enabled: readonly Listed[];
  /** Tasks that have ended. */
  readonly finished: ReadonlySet<string>;
  /** By the place of the event. */
  readonly next: (Step<R> | undefined)[];
  result: { readonly value: R } | undefined;
}

/** States that are kept. */
const mostStates = 50_000;
/** Events for which the program has run, before it is asked whether that is worth being kept. */
const enoughSeen = 2_000;
/** To keep what the program did takes about as long as running four events of it, so that one of so many should be looked up at least. */
const mostSeenForOneKnown = 4;

/**
 * Keeps what executions of one program were seen to do, so that a search which comes to a known state again looks it up instead of
 * running the program: equivalent paths (`TraceClass`) lead to the same state, by the rule that footprints have to keep. Only an
 * unknown event makes the program run, from its start and along the path so far; whatever is seen there again has to be as it was.
 *
 * For searches that meet the same states in many orders. The optimal one does not: it follows one path of each class. Where it turns out that the
 * others do not either, since each turn depends on all before it, nothing more is kept.
 */
export class Tabulation<R> {
  readonly #start: () => Execution<R>;
  readonly #states = new Map<string, State<R>>();
  readonly #tasks = new Set<string>();
  /** Undefined once a movable event was met. */
  effects: KnownEffects | undefined = new KnownEffects();
  #first: State<R> | undefined;
  /** Fired events that were looked up, and those for which the program was run. */
  #known = 0;
  #seen = 0;
  /** Next to nothing was met again. */
  isVain = false;

  constructor(start: () => Execution<R>) {
    this.#start = start;
  }

  /** A fresh execution; it can be rewound. The one before must not be used any more. */
  readonly start = (): Execution<R> => {
    const live = this.#first === undefined ? this.run() : undefined;
    this.#first ??= this.observe(live!);
    return new TabulatedExecution(this, this.#first, live);
  };

  run(): Execution<R> {
    return this.#start();
  }

  /** The state of a class, if it was met before. */
  known(name: string): State<R> | undefined {
    return this.#states.get(name);
  }

  /** The state of the class `name`, as `make` gives it if it was not met before. */
  stateOf(name: string, make: () => State<R>): State<R> {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const state = make();
    if (this.#states.size < mostStates) this.#states.set(name, state);
    return state;
  }

  get isFull(): boolean {
    return this.#states.size >= mostStates;
  }

  /** An event was looked up. */
  noteKnown(): void {
    this.#known++;
  }

  /** The program was run for an event. */
  noteSeen(): void {
    if (++this.#seen % enoughSeen !== 0 || this.#seen < mostSeenForOneKnown * this.#known) return;
    this.isVain = true;
    this.#states.clear();
    this.effects = undefined;
  }

  observe(live: Execution<R>): State<R> {
    const enabled = live.enabled().map(listed);
    for (const { task } of enabled) this.#tasks.add(task);
    if (enabled.some(isMovable)) this.effects = undefined;
    return { enabled, finished: this.#finishedIn(live), next: enabled.map(nothing), result: undefined };
  }

  /** Few events end a task, so most states share the set of those that have ended. */
  #finishedIn(live: Execution<R>): ReadonlySet<string> {
    let finished: Set<string> | undefined;
    for (const task of this.#tasks) if (live.isFinished?.(task) === true) (finished ??= new Set()).add(task);
    return finished ?? NOBODY;
  }
}

class TabulatedExecution<R> implements Execution<R> {
  readonly #table: Tabulation<R>;
  /** What has been fired is the first `#depth` of these; the rest waits to be overwritten. */
  readonly #events: Listed[] = [];
  readonly #footprints: Footprint[] = [];
  /** The state before each event, and the present one. */
  readonly #states: State<R>[];
  #depth = 0;
  readonly #class: TraceClass;
  /** How many events of the path the class has been told of. */
  #classified = 0;
  /** The program itself, after as many events of the path. */
  #live: Execution<R> | undefined;
  #lived = 0;

  constructor(table: Tabulation<R>, first: State<R>, live: Execution<R> | undefined) {
    this.#table = table;
    this.#class = new TraceClass(true);
    this.#states = [first];
    this.#live = live;
  }

  get #state(): State<R> {
    return this.#states[this.#depth]!;
  }

  enabled(): readonly PendingEvent[] {
    return this.#state.enabled;
  }

  isFinished(task: string): boolean {
    return this.#state.finished.has(task);
  }

  fire(event: PendingEvent): Footprint {
    const listed = event as Listed;
    const footprint = this.#lookUp(listed);
    if (footprint === undefined) return this.#discover(listed);
    this.#table.noteKnown();
    return footprint;
  }

  #lookUp(event: Listed): Footprint | undefined {
    const known = this.#state.next[event.place];
    if (known !== undefined) return this.#enter(event, known);
    return this.#table.isVain ? undefined : (this.#commute(event) ?? this.#foretell(event));
  }

  /** The event could have come before the last one, which it is independent of: then it does what it did there, if the state is known. */
  #commute(event: Listed): Footprint | undefined {
    if (this.#depth === 0) return undefined;
    const earlier = stepOf(this.#states[this.#depth - 1]!, event.id);
    const last = this.#footprints[this.#depth - 1]!;
    if (earlier === undefined || earlier.footprint.conflictsWith(last) || earlier.footprint.sharesTurn(last)) return undefined;
    const state = this.#table.known(this.#nameAfter(event, earlier.footprint));
    return state === undefined ? undefined : this.#enter(event, (this.#state.next[event.place] = { footprint: earlier.footprint, state }));
  }

  /** Its causal past is known, and so is what it does. */
  #foretell(event: Listed): Footprint | undefined {
    const effect = this.#table.effects?.of(event, this.#depth, this.#classOfPath());
    return effect && this.#enter(event, this.#note(event, effect.footprint, () => stateAfter(this.#state, event, effect)));
  }

  #classOfPath(): TraceClass {
    for (; this.#classified < this.#depth; this.#classified++) this.#class.add(this.#classified, this.#events[this.#classified]!, this.#footprints[this.#classified]!);
    return this.#class;
  }

  /** The class of the path with one more event. */
  #nameAfter(event: PendingEvent, footprint: Footprint): string {
    this.#classOfPath().add(this.#classified, event, footprint);
    return this.#class.name(this.#classified + 1);
  }

  #enter(event: Listed, { footprint, state }: Step<R>): Footprint {
    put(this.#events, this.#depth, event);
    put(this.#footprints, this.#depth, footprint);
    put(this.#states, ++this.#depth, state);
    return footprint;
  }

  #discover(event: Listed): Footprint {
    const live = this.#catchUp();
    const from = this.#state;
    const footprint = live.fire(this.#find(live, event, from));
    this.#lived++;
    const step = this.#table.isVain ? { footprint, state: this.#table.observe(live) } : this.#note(event, footprint, () => this.#table.observe(live));
    this.#table.noteSeen();
    this.#table.effects?.add(event, effectOf(footprint, from, step.state), this.#depth, this.#classOfPath());
    return this.#enter(event, step);
  }

  #note(event: Listed, footprint: Footprint, make: () => State<R>): Step<R> {
    const step: Step<R> = { footprint, state: this.#table.stateOf(this.#nameAfter(event, footprint), make) };
    if (!this.#table.isFull) this.#state.next[event.place] = step;
    return step;
  }

  /** Runs the program along the path. */
  #catchUp(): Execution<R> {
    if (this.#live === undefined) {
      this.#live = this.#table.run();
      this.#lived = 0;
    }
    for (; this.#lived < this.#depth; this.#lived++) refire(this.#live, this.#find(this.#live, this.#events[this.#lived]!, this.#states[this.#lived]!));
    return this.#live;
  }

  /** The event of the program itself that stands behind one of a state. */
  #find(live: Execution<R>, { id, place }: Listed, { enabled }: State<R>): PendingEvent {
    const present = live.enabled();
    if (!haveSameIds(present, enabled)) throw new NondeterminismError(this.#pastOf(this.#lived), idsOf(enabled), idsOf(present));
    return present[place]?.id === id ? present[place] : find(present, id)!;
  }

  #pastOf(length: number): ReturnType<typeof scheduleOf> {
    return scheduleOf(this.#events.slice(0, length).map(({ id, task, label }) => ({ id, task, label, isSwitch: false })));
  }

  result(): R {
    const state = this.#state;
    state.result ??= { value: this.#catchUp().result() };
    return state.result.value;
  }

  rewind(depth: number): void {
    this.#depth = depth;
    if (this.#classified > depth) this.#classified = depth;
    // The program itself cannot be taken back.
    if (this.#lived > depth) this.#live = undefined;
  }
}

const NOBODY: ReadonlySet<string> = new Set();
const NONE: readonly string[] = [];

function listed({ id, task, label, creator, channel, isCancellable = false, footprint }: PendingEvent, place: number): Listed {
  return { id, task, label, creator, channel, isCancellable, footprint, place };
}

function nothing(): undefined {
  return undefined;
}

/** The state that an event leads to. What it creates comes last, as in the event loop. */
function stateAfter<R>({ enabled, finished }: State<R>, event: Listed, { created, ended }: Effect): State<R> {
  const after: Listed[] = [];
  for (let rank = 0; rank < enabled.length; rank++) if (enabled[rank] !== event) after.push(listed(enabled[rank]!, after.length));
  for (let rank = 0; rank < created.length; rank++) after.push(listed(created[rank]!, after.length));
  return { enabled: after, finished: ended.length === 0 ? finished : new Set([...finished, ...ended]), next: after.map(nothing), result: undefined };
}

function effectOf<R>(footprint: Footprint, before: State<R>, after: State<R>): Effect {
  return { footprint, created: after.enabled.filter(({ id }) => find(before.enabled, id) === undefined), ended: after.finished.size === before.finished.size ? NONE : [...after.finished].filter((task) => !before.finished.has(task)) };
}

function stepOf<R>({ enabled, next }: State<R>, id: string): Step<R> | undefined {
  for (let place = 0; place < enabled.length; place++) if (enabled[place]!.id === id) return next[place];
  return undefined;
}

function refire(live: Execution<unknown>, event: PendingEvent): void {
  if (live.refire === undefined) live.fire(event);
  else live.refire(event);
}

/** Equivalent paths may list them in another order. */
function haveSameIds(some: readonly PendingEvent[], others: readonly PendingEvent[]): boolean {
  if (some.length !== others.length) return false;
  for (let place = 0; place < some.length; place++) if (some[place]!.id !== others[place]!.id && find(others, some[place]!.id) === undefined) return false;
  return true;
}

function idsOf(events: readonly PendingEvent[]): string[] {
  return events.map(({ id }) => id);
}
