import type { EventLoop } from './loop.js';
import type { LoopEvent } from './loop-events.js';
import { seal } from './sealed.js';

type Callback = (...args: unknown[]) => unknown;

const TIMERS = 'timers';
const IMMEDIATES = 'immediates';

/**
 * A timer of Node. `unref` changes nothing: a scenario is an excerpt of a process that lives on.
 *
 * Its dependence (invariant 8 of the loop): creating and clearing one depends on the clock, which every firing moves. Any two
 * creations depend on each other: of two timers one makes the other wait, unless that one was created after the other had fired.
 */
export class Timeout {
  readonly number: number;
  readonly #loop: EventLoop;
  readonly #callback: Callback;
  readonly #args: unknown[];
  readonly #delay: number;
  readonly #repeats: boolean;
  readonly #task: string;
  #event: LoopEvent | undefined;
  #isRef = true;
  #isCleared = false;
  #firings = 0;

  constructor(loop: EventLoop, callback: Callback, args: unknown[], delay: number, repeats: boolean) {
    this.#loop = loop;
    this.#callback = callback;
    this.#args = args;
    this.#delay = delay;
    this.#repeats = repeats;
    this.#task = loop.task;
    this.#event = this.#arm();
    this.number = this.#event.name.index + 1;
  }

  #arm(): LoopEvent {
    const loop = this.#loop;
    const due = loop.now() + this.#delay;
    loop.touch(TIMERS, 'order', 'write');
    return loop.addOrderedEvent(
      {
        task: this.#task,
        label: this.#label(),
        channel: `${loop.agent} ${TIMERS}`,
        fire: () => this.#fire(due),
      },
      due,
    );
  }

  #label(): string {
    return this.#repeats ? `interval of ${this.#delay} ms fires` : `timer of ${this.#delay} ms fires`;
  }

  #fire(due: number): void {
    const loop = this.#loop;
    loop.advanceClock(due);
    this.#event = undefined;
    this.#firings++;
    loop.runCallback(this.#task, () => Reflect.apply(this.#callback, this, this.#args));
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
    return this.number;
  }
}

seal(Timeout);

/** An immediate of Node: they run in creation order, and stand in no order with timers and external events. */
export class Immediate {
  readonly #loop: EventLoop;
  #event: LoopEvent | undefined;
  #isRef = true;

  constructor(loop: EventLoop, callback: Callback, args: unknown[]) {
    this.#loop = loop;
    this.#event = loop.addEvent({
      label: 'immediate fires',
      channel: `${loop.agent} ${IMMEDIATES}`,
      isCancellable: true,
      fire: () => {
        this.#event = undefined;
        Reflect.apply(callback, this, args);
      },
    });
  }

  clear(): void {
    if (this.#event !== undefined) this.#loop.cancel(this.#event);
    this.#event = undefined;
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
