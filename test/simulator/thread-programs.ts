import { Footprint, Keys, type Execution, type Guard, type PendingEvent, type ValueOf } from '../../src/simulator/explore/index.js';
import type { ProgramResult, Touch } from './event-programs.js';

/**
 * What a thread asks of shared memory: one transition each. Locations are named; they hold numbers, 0 at first. A lock holds 0 or
 * its owner's number, a semaphore its count.
 */
export type Op =
  | { readonly kind: 'load'; readonly at: string }
  | { readonly kind: 'store'; readonly at: string; readonly value: number }
  | { readonly kind: 'add'; readonly at: string; readonly value: number } // gives the value before
  | { readonly kind: 'cas'; readonly at: string; readonly expected: number; readonly value: number } // gives 1 or 0; failed: a read
  | { readonly kind: 'lock'; readonly at: string }
  | { readonly kind: 'tryLock'; readonly at: string } // gives 1 or 0; failed: a read
  | { readonly kind: 'unlock'; readonly at: string }
  | { readonly kind: 'acquire'; readonly at: string }
  | { readonly kind: 'release'; readonly at: string }
  | { readonly kind: 'until'; readonly holds: (value: (at: string) => number) => boolean }; // reads what the condition asks for

export const load = (at: string): Op => ({ kind: 'load', at });
export const store = (at: string, value: number): Op => ({ kind: 'store', at, value });
export const fetchAdd = (at: string, value: number): Op => ({ kind: 'add', at, value });
export const cas = (at: string, expected: number, value: number): Op => ({ kind: 'cas', at, expected, value });
export const lock = (at: string): Op => ({ kind: 'lock', at });
export const tryLock = (at: string): Op => ({ kind: 'tryLock', at });
export const unlock = (at: string): Op => ({ kind: 'unlock', at });
export const acquire = (at: string): Op => ({ kind: 'acquire', at });
export const release = (at: string): Op => ({ kind: 'release', at });
export const until = (holds: (value: (at: string) => number) => boolean): Op => ({ kind: 'until', holds });

/** A thread: deterministic but for what its operations give back. What it returns is part of the outcome. */
export type Thread = () => Generator<Op, unknown, number>;

export interface ThreadProgram {
  readonly threads: Readonly<Record<string, Thread>>;
  readonly memory?: Readonly<Record<string, number>>;
}

export interface ThreadResult extends ProgramResult {
  /** Threads that can never go on. */
  readonly blocked: readonly string[];
  readonly returned: Readonly<Record<string, unknown>>;
}

/** What an operation does where locations have certain values: its result, and the location that it changes. */
interface Effect {
  readonly result: number;
  readonly at?: string;
  readonly value?: number;
}

function effectOf(op: Op, owner: number, value: (at: string) => number): Effect {
  switch (op.kind) {
    case 'load': return { result: value(op.at) };
    case 'store': return { result: 0, at: op.at, value: op.value };
    case 'add': return { result: value(op.at), at: op.at, value: value(op.at) + op.value };
    case 'cas': return value(op.at) === op.expected ? { result: 1, at: op.at, value: op.value } : { result: 0 };
    case 'lock': return { result: 0, at: op.at, value: owner };
    case 'tryLock': return value(op.at) === 0 ? { result: 1, at: op.at, value: owner } : { result: 0 };
    case 'unlock': return { result: 0, at: op.at, value: 0 };
    case 'acquire': return { result: 0, at: op.at, value: value(op.at) - 1 };
    case 'release': return { result: 0, at: op.at, value: value(op.at) + 1 };
    case 'until': return { result: 0 };
  }
}

function canFire(op: Op, value: (at: string) => number): boolean {
  if (op.kind === 'lock') return value(op.at) === 0;
  if (op.kind === 'acquire') return value(op.at) > 0;
  return op.kind === 'until' ? op.holds(value) : true;
}

function askedBy(holds: (value: (at: string) => number) => boolean, value: (at: string) => number): string[] {
  const asked: string[] = [];
  holds((at) => {
    if (!asked.includes(at)) asked.push(at);
    return value(at);
  });
  return asked;
}

/** What a thread does next, by the results of all its operations so far. */
class Next {
  readonly op: Op | undefined;
  readonly returned: unknown;
  readonly after = new Map<number, Next>();
  /** Its event; a compare-and-swap and a wait have one for each footprint. */
  readonly events = new Map<Footprint, ThreadEvent>();

  constructor(readonly thread: number, readonly rank: number, readonly inputs: readonly number[], body: Thread) {
    const generator = body();
    let step = generator.next();
    for (const input of inputs) step = generator.next(input);
    this.op = step.done === true ? undefined : step.value;
    this.returned = step.done === true ? step.value : undefined;
  }
}

interface ThreadEvent extends PendingEvent {
  readonly next: Next;
  /** What it touches, for judges that do not trust footprints. */
  readonly touches: readonly Touch[];
}

/** Makes executions of threads over shared memory that can be rewound, and whose events declare their footprints. */
export class ThreadMachine {
  readonly #names: readonly string[];
  readonly #bodies: readonly Thread[];
  readonly #first: readonly Next[];
  readonly #initial: Readonly<Record<string, number>>;
  readonly #keys = new Keys();
  readonly #keyOf = new Map<string, number>();
  readonly #reads = new Map<string, Footprint>();
  readonly #writes = new Map<string, Map<number | undefined, Footprint>>();

  constructor(program: ThreadProgram) {
    this.#names = Object.keys(program.threads);
    this.#bodies = Object.values(program.threads);
    this.#first = this.#bodies.map((body, thread) => new Next(thread, 0, [], body));
    this.#initial = program.memory ?? {};
  }

  initial(at: string): number {
    return this.#initial[at] ?? 0;
  }

  readonly start = (): ThreadExecution => new ThreadExecution(this, this.#names, this.#first);

  /** The same, but an execution can only be run again from its start. */
  readonly startAnew = (): Execution<ThreadResult> => {
    const execution = this.start();
    return { enabled: () => execution.enabled(), blocked: () => execution.blocked(), fire: (event) => execution.fire(event as ThreadEvent), result: () => execution.result() };
  };

  after(next: Next, result: number): Next {
    let following = next.after.get(result);
    if (following === undefined) next.after.set(result, (following = new Next(next.thread, next.rank + 1, [...next.inputs, result], this.#bodies[next.thread]!)));
    return following;
  }

  #key(at: string): number {
    let key = this.#keyOf.get(at);
    if (key === undefined) {
      key = this.#keys.of(at, 'value');
      this.#keyOf.set(at, key);
    }
    return key;
  }

  reading(places: readonly string[]): Footprint {
    const name = places.length === 1 ? places[0]! : places.join('|');
    let footprint = this.#reads.get(name);
    if (footprint === undefined) this.#reads.set(name, (footprint = new Footprint(this.#keys, places.map((at) => this.#key(at)), [])));
    return footprint;
  }

  writing(at: string, value?: number): Footprint {
    let ofPlace = this.#writes.get(at);
    if (ofPlace === undefined) this.#writes.set(at, (ofPlace = new Map()));
    let footprint = ofPlace.get(value);
    if (footprint === undefined) ofPlace.set(value, (footprint = new Footprint(this.#keys, [], [this.#key(at)], value === undefined ? undefined : [value])));
    return footprint;
  }

  footprint(next: Next, value: (at: string) => number): Footprint {
    const op = next.op!;
    if (op.kind === 'until') return this.reading(askedBy(op.holds, value));
    if (op.kind === 'load') return this.reading([op.at]);
    return op.kind === 'store' || effectOf(op, next.thread + 1, value).at !== undefined ? this.writing(op.at) : this.reading([op.at]);
  }

  event(next: Next, value: (at: string) => number): ThreadEvent {
    const footprint = this.footprint(next, value);
    let event = next.events.get(footprint);
    if (event === undefined) next.events.set(footprint, (event = this.#event(next, footprint, value)));
    return event;
  }

  #event(next: Next, footprint: Footprint, value: (at: string) => number): ThreadEvent {
    const op = next.op!;
    const task = this.#names[next.thread]!;
    const values = (valueOf: ValueOf) => (at: string): number => (valueOf(this.#key(at)) as number | undefined) ?? this.initial(at);
    const guard: Guard | undefined = op.kind === 'lock' || op.kind === 'acquire' || op.kind === 'until' ? (valueOf) => canFire(op, values(valueOf)) : undefined;
    const footprintAt = op.kind === 'cas' || op.kind === 'tryLock' || op.kind === 'until' ? (valueOf: ValueOf) => this.footprint(next, values(valueOf)) : undefined;
    const changed = effectOf(op, next.thread + 1, value).at;
    const touches = op.kind === 'until' ? askedBy(op.holds, value).map((variable) => ({ variable, isWrite: false })) : [{ variable: op.at, isWrite: changed !== undefined }];
    return { id: `${task}.${next.rank}`, task, label: op.kind, creator: next.rank === 0 ? undefined : `${task}.${next.rank - 1}`, footprint, guard, footprintAt, isSpinning: op.kind === 'until', next, touches };
  }
}

/** Undone by a log: for each fired event the thread's state before, and the location it changed with the value before. */
class ThreadExecution implements Execution<ThreadResult> {
  readonly #machine: ThreadMachine;
  readonly #names: readonly string[];
  readonly #state: Next[];
  readonly #memory = new Map<string, number>();
  readonly #fired: ThreadEvent[] = [];
  readonly #changed: (string | undefined)[] = [];
  readonly #before: number[] = [];
  readonly #enabled: ThreadEvent[] = [];
  #isCurrent = false;
  readonly #value = (at: string): number => this.#memory.get(at) ?? this.#machine.initial(at);

  constructor(machine: ThreadMachine, names: readonly string[], first: readonly Next[]) {
    this.#machine = machine;
    this.#names = names;
    this.#state = [...first];
  }

  enabled(): readonly ThreadEvent[] {
    if (this.#isCurrent) return this.#enabled;
    this.#isCurrent = true;
    this.#enabled.length = 0;
    for (const next of this.#state) if (next.op !== undefined && canFire(next.op, this.#value)) this.#enabled.push(this.#machine.event(next, this.#value));
    return this.#enabled;
  }

  isFinished(task: string): boolean {
    return this.#state[this.#names.indexOf(task)]!.op === undefined;
  }

  blocked(): readonly ThreadEvent[] {
    return this.#state.filter(({ op }) => op !== undefined && !canFire(op, this.#value)).map((next) => this.#machine.event(next, this.#value));
  }

  fire(event: PendingEvent): Footprint {
    const { next } = event as ThreadEvent;
    const { result, at, value } = effectOf(next.op!, next.thread + 1, this.#value);
    this.#fired.push(event as ThreadEvent);
    this.#changed.push(at);
    this.#before.push(at === undefined ? 0 : this.#value(at));
    if (at !== undefined) this.#memory.set(at, value!);
    this.#state[next.thread] = this.#machine.after(next, result);
    this.#isCurrent = false;
    return at === undefined ? event.footprint! : this.#machine.writing(at, value);
  }

  rewind(depth: number): void {
    while (this.#fired.length > depth) {
      const { next } = this.#fired.pop()!;
      this.#state[next.thread] = next;
      const at = this.#changed.pop();
      const before = this.#before.pop()!;
      if (at !== undefined) this.#memory.set(at, before);
    }
    this.#isCurrent = false;
  }

  result(): ThreadResult {
    const returned = (): Record<string, unknown> => Object.fromEntries(this.#state.filter(({ op }) => op === undefined).map((next) => [this.#names[next.thread]!, next.returned]));
    const blocked = (): string[] => this.#state.filter(({ op }) => op !== undefined).map((next) => this.#names[next.thread]!);
    const inputs = (): unknown => this.#state.map((next) => next.inputs);
    const memory = this.#memory;
    const machine = this.#machine;
    const fired = this.#fired;
    const value = this.#value;
    return {
      get returned() { return returned(); },
      get blocked() { return blocked(); },
      get outcome() { return JSON.stringify([[...memory.keys()].sort().map((at) => [at, value(at)]).filter(([at, now]) => now !== machine.initial(at as string)), inputs(), returned(), blocked()]); },
      get touches() { return new Map(fired.map((event) => [event.id, event.touches])); },
    };
  }
}
