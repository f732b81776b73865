import type { Stores } from './jobs.js';
import type { EventLoop } from './loop.js';
import type { LoopEvent } from './loop-events.js';
import { seal } from './sealed.js';
import { TIMERS, type TimerOrder } from './timer-order.js';

type Callback = (...args: unknown[]) => unknown;

const IMMEDIATES = 'immediates';

/** Somebody has ended the timer. */
export let isCleared: (handle: Timeout) => boolean;

/**
 * A timer of Node. `unref` changes nothing: a scenario is an excerpt of a process that lives on.
 *
 * Its dependence (invariant 8 of the loop): creating and clearing one depends on the clock, which every firing moves. Any two
 * creations depend on each other: of two timers one makes the other wait, unless that one was created after the other had fired.
 */
export class Timeout {
  /** Not a field: it tells in which turn of an execution the timer was made, and no state of the program's. */
  readonly #number: number;
  readonly #loop: EventLoop;
  readonly #order: TimerOrder;
  readonly #callback: Callback;
  readonly #args: unknown[];
  readonly #delay: number;
  readonly #repeats: boolean;
  readonly #task: string;
  readonly #stores: Stores;
  #event: LoopEvent | undefined;
  #isRef = true;
  #isCleared = false;
  #firings = 0;

  constructor(loop: EventLoop, order: TimerOrder, callback: Callback, args: unknown[], delay: number, repeats: boolean) {
    this.#loop = loop;
    this.#order = order;
    this.#callback = callback;
    this.#args = args;
    this.#delay = delay;
    this.#repeats = repeats;
    this.#task = loop.task;
    this.#stores = loop.stores;
    this.#event = this.#arm();
    this.#number = this.#event.name.index + 1;
  }

  static {
    isCleared = (handle) => handle.#isCleared;
  }

  get number(): number {
    return this.#number;
  }

  #arm(): LoopEvent {
    const loop = this.#loop;
    const due = loop.now() + this.#delay;
    loop.touch(TIMERS, 'order', 'write');
    return this.#order.arm({ task: this.#task, label: this.#label(), fire: () => this.#fire(due) }, due, this.#delay);
  }

  #label(): string {
    return this.#repeats ? `interval of ${this.#delay} ms fires` : `timer of ${this.#delay} ms fires`;
  }

  #fire(due: number): void {
    const loop = this.#loop;
    loop.noteTimer();
    loop.advanceClock(due);
    this.#event = undefined;
    this.#firings++;
    loop.runCallback(this.#task, () => Reflect.apply(this.#callback, this, this.#args), this.#stores);
    if (this.#repeats && !this.#isCleared && this.#event === undefined && loop.mayRepeat(this.#firings, `the interval of ${this.#delay} ms`)) this.#event = this.#arm();
  }

  clear(): void {
    this.#isCleared = true;
    this.#disarm();
  }

  #disarm(): void {
    this.#loop.now();
    if (this.#event !== undefined) this.#loop.removeOrderedEvent(this.#event);
    this.#event = undefined;
  }

  close(): this {
    this.clear();
    return this;
  }

  /** Starts its delay anew, even if it has fired. */
  refresh(): this {
    if (this.#isCleared) return this;
    this.#disarm();
    this.#event = this.#arm();
    return this;
  }

  ref(): this {
    return this.#setRef(true);
  }

  unref(): this {
    return this.#setRef(false);
  }

  hasRef(): boolean {
    return this.#isRef;
  }

  #setRef(isRef: boolean): this {
    this.#isRef = isRef;
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.#number;
  }
}

seal(Timeout);

/** The immediates of one loop that wait. They run together: all that wait when the first of them comes to run, as in Node. */
export class Immediates {
  readonly #loop: EventLoop;
  #waiting: Immediate[] = [];
  #event: LoopEvent | undefined;

  constructor(loop: EventLoop) {
    this.#loop = loop;
  }

  clear(): void {
    this.#waiting = [];
    this.#event = undefined;
  }

  add(immediate: Immediate): void {
    const loop = this.#loop;
    this.#event ??= loop.addEvent({ label: 'immediate fires', channel: `${loop.agent} ${IMMEDIATES}`, isCancellable: true, phase: 'check', fire: () => this.#run() });
    loop.setImmediates(this.#event);
    this.#waiting.push(immediate);
  }

  remove(immediate: Immediate): void {
    const loop = this.#loop;
    if (this.#event === undefined || !this.#waiting.includes(immediate)) return;
    this.#waiting = this.#waiting.filter((other) => other !== immediate);
    loop.setImmediates(this.#event);
    if (this.#waiting.length > 0) return;
    loop.cancel(this.#event);
    this.#event = undefined;
    loop.setImmediates(undefined);
  }

  /** One that is cleared by another that runs before it does not run. */
  #run(): void {
    const running = this.#waiting;
    this.clear();
    this.#loop.setImmediates(undefined);
    for (const immediate of running) if (!immediate.isCleared) this.#loop.runMacrotask(immediate.task, () => immediate.run(), immediate.stores);
  }
}

export class Immediate {
  readonly task: string;
  readonly stores: Stores;
  isCleared = false;
  readonly #immediates: Immediates;
  readonly #callback: Callback;
  readonly #args: unknown[];
  #isRef = true;

  constructor(loop: EventLoop, immediates: Immediates, callback: Callback, args: unknown[]) {
    this.task = loop.task;
    this.stores = loop.stores;
    this.#immediates = immediates;
    this.#callback = callback;
    this.#args = args;
    immediates.add(this);
  }

  run(): void {
    Reflect.apply(this.#callback, this, this.#args);
  }

  clear(): void {
    this.isCleared = true;
    this.#immediates.remove(this);
  }

  ref(): this {
    return this.#setRef(true);
  }

  unref(): this {
    return this.#setRef(false);
  }

  hasRef(): boolean {
    return this.#isRef;
  }

  #setRef(isRef: boolean): this {
    this.#isRef = isRef;
    return this;
  }
}
seal(Immediate);
