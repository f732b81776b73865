import type { Execution, PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';
import { NondeterminismError } from './nondeterminism.js';
import { scheduleOf } from './execution.js';
import { TraceClass } from './trace-class.js';

/** A state, known by what can happen in it. */
interface State<R> {
  readonly enabled: readonly PendingEvent[];
  /** Tasks that have ended. */
  readonly finished: ReadonlySet<string>;
  readonly next: Map<string, { readonly footprint: Footprint; readonly state: State<R> }>;
  result: { readonly value: R } | undefined;
}

/** States that are kept. */
const mostStates = 50_000;

/**
 * Keeps what executions of one program were seen to do, so that a search which comes to a known state again looks it up instead of
 * running the program: equivalent paths (`TraceClass`) lead to the same state, by the rule that footprints have to keep. Only an
 * unknown event makes the program run, from its start and along the path so far; whatever is seen there again has to be as it was.
 *
 * For searches that meet the same states in many orders. The optimal one does not: it follows one path of each class.
 */
export class Tabulation<R> {
  readonly #start: () => Execution<R>;
  readonly #states = new Map<string, State<R>>();
  readonly #tasks = new Set<string>();
  #first: State<R> | undefined;

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

  /** The state of the class `name`, which `live` is in. */
  stateOf(name: string, live: Execution<R>): State<R> {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const state = this.observe(live);
    if (this.#states.size < mostStates) this.#states.set(name, state);
    return state;
  }

  get isFull(): boolean {
    return this.#states.size >= mostStates;
  }

  observe(live: Execution<R>): State<R> {
    const enabled = live.enabled().map(({ id, task, label, creator, channel, isCancellable, footprint }): PendingEvent => ({ id, task, label, creator, channel, footprint, ...(isCancellable !== undefined && { isCancellable }) }));
    for (const { task } of enabled) this.#tasks.add(task);
    return { enabled, finished: new Set([...this.#tasks].filter((task) => live.isFinished?.(task) === true)), next: new Map(), result: undefined };
  }
}

class TabulatedExecution<R> implements Execution<R> {
  readonly #table: Tabulation<R>;
  /** The states on the path, the present one last. */
  readonly #states: State<R>[];
  readonly #events: PendingEvent[] = [];
  readonly #footprints: Footprint[] = [];
  readonly #class = new TraceClass();
  /** How many events of the path the class has been told of. */
  #classified = 0;
  /** The program itself, after as many events of the path. */
  #live: Execution<R> | undefined;
  #lived = 0;

  constructor(table: Tabulation<R>, first: State<R>, live: Execution<R> | undefined) {
    this.#table = table;
    this.#states = [first];
    this.#live = live;
  }

  get #state(): State<R> {
    return this.#states[this.#states.length - 1]!;
  }

  enabled(): readonly PendingEvent[] {
    return this.#state.enabled;
  }

  isFinished(task: string): boolean {
    return this.#state.finished.has(task);
  }

  fire(event: PendingEvent): Footprint {
    const known = this.#state.next.get(event.id);
    if (known !== undefined) return this.#enter(event, known.footprint, known.state);
    return this.#commute(event) ?? this.#discover(event);
  }

  /** The event could have come before the last one, which it is independent of: then it does what it did there, if the state is known. */
  #commute(event: PendingEvent): Footprint | undefined {
    const depth = this.#events.length;
    if (depth === 0) return undefined;
    const earlier = this.#states[depth - 1]!.next.get(event.id);
    if (earlier === undefined || earlier.footprint.conflictsWith(this.#footprints[depth - 1]!)) return undefined;
    const state = this.#table.known(this.#nameAfter(event, earlier.footprint));
    if (state === undefined) return undefined;
    this.#state.next.set(event.id, { footprint: earlier.footprint, state });
    return this.#enter(event, earlier.footprint, state);
  }

  /** The class of the path with one more event. */
  #nameAfter(event: PendingEvent, footprint: Footprint): string {
    for (; this.#classified < this.#events.length; this.#classified++) this.#class.add(this.#classified, this.#events[this.#classified]!, this.#footprints[this.#classified]!);
    this.#class.add(this.#classified, event, footprint);
    return this.#class.name(this.#classified + 1);
  }

  #enter(event: PendingEvent, footprint: Footprint, state: State<R>): Footprint {
    this.#events.push(event);
    this.#footprints.push(footprint);
    this.#states.push(state);
    return footprint;
  }

  #discover(event: PendingEvent): Footprint {
    const live = this.#catchUp();
    const from = this.#state;
    const footprint = this.#fireLive(live, event, from);
    this.#lived++;
    const state = this.#table.stateOf(this.#nameAfter(event, footprint), live);
    if (!this.#table.isFull) from.next.set(event.id, { footprint, state });
    return this.#enter(event, footprint, state);
  }

  /** Runs the program along the path. */
  #catchUp(): Execution<R> {
    if (this.#live === undefined) {
      this.#live = this.#table.run();
      this.#lived = 0;
    }
    while (this.#lived < this.#events.length) {
      this.#fireLive(this.#live, this.#events[this.#lived]!, this.#states[this.#lived]!);
      this.#lived++;
    }
    return this.#live;
  }

  #fireLive(live: Execution<R>, { id }: PendingEvent, { enabled }: State<R>): Footprint {
    const present = live.enabled();
    const event = present.find((candidate) => candidate.id === id);
    if (event === undefined || present.length !== enabled.length || !present.every((other) => enabled.some((known) => known.id === other.id))) {
      throw new NondeterminismError(this.#pastOf(this.#lived), idsOf(enabled), idsOf(present));
    }
    return live.fire(event);
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
    this.#events.length = depth;
    this.#footprints.length = depth;
    this.#states.length = depth + 1;
    if (this.#classified > depth) this.#classified = depth;
    // The program itself cannot be taken back.
    if (this.#lived > depth) this.#live = undefined;
  }
}

function idsOf(events: readonly PendingEvent[]): string[] {
  return events.map(({ id }) => id);
}
