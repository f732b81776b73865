import { emptied } from './emptied.js';
import type { EventLoop, EventPlan, LoopEvent } from './loop.js';

/** What an operation of the outside does when its event fires, and what if it fails instead. */
export interface FallibleOperation extends Pick<EventPlan, 'label' | 'channel'> {
  /** What a person knows it by, and what fails once only: `append(80)`. */
  readonly name: string;
  readonly fire: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * Operations of the outside that may fail (design, section 2.5). Invariants:
 *
 * 1. With faults off, an operation is one event: it succeeds. Set-up has no faults.
 * 2. With faults on, a second event, at any later time, may fail it instead; whichever fires first takes the other away, so the two depend on each other.
 * 3. Of operations of one name one fails in an execution at most: code that tries again comes to an end.
 */
export class Faults {
  readonly #loop: EventLoop;
  #areOn = false;
  #note: (label: string) => void = () => undefined;
  /** Names of operations that have failed, and, of the others, the failures that are pending. */
  #failed = new Set<string>();
  #pending = new Map<string, Set<LoopEvent>>();

  constructor(loop: EventLoop) {
    this.#loop = loop;
  }

  /** An execution begins, without faults; `note` is told of each. */
  reset(note: (label: string) => void): void {
    this.#areOn = false;
    this.#note = note;
    this.#failed = emptied(this.#failed);
    this.#pending = emptied(this.#pending);
  }

  /** From here on operations may fail that are begun. */
  turnOn(): void {
    this.#areOn = true;
  }

  /** The tasks are over: what is asked from here on succeeds. */
  turnOff(): void {
    this.#areOn = false;
  }

  /** Makes the operation pending. */
  add({ label, name, channel, fire, fail }: FallibleOperation): LoopEvent {
    if (!this.#areOn || this.#failed.has(name)) return this.#loop.addEvent({ label, channel, fire });
    const success = this.#loop.addEvent({ label, channel, isCancellable: true, fire: () => { withdraw(); fire(); } });
    const withdraw = this.mayFail(name, (error) => { this.#loop.cancel(success); fail(error); });
    return success;
  }

  /** An operation may fail from here on until it is over, which is to be told by calling what is given back, once. */
  mayFail(name: string, fail: (error: Error) => void): () => void {
    if (!this.#areOn || this.#failed.has(name)) return () => undefined;
    const rejection = `${name} rejects`;
    const failure = this.#loop.addEvent({ label: rejection, isCancellable: true, fire: () => {
      this.#fails(name, failure);
      this.#note(rejection);
      fail(new Error(rejection));
    } });
    this.#pendingOf(name).add(failure);
    return () => this.#withdraw(name, failure);
  }

  #pendingOf(name: string): Set<LoopEvent> {
    let pending = this.#pending.get(name);
    if (pending === undefined) this.#pending.set(name, (pending = new Set()));
    return pending;
  }

  #withdraw(name: string, failure: LoopEvent): void {
    if (!failure.isPending) return;
    this.#pendingOf(name).delete(failure);
    this.#loop.cancel(failure);
  }

  #fails(name: string, failure: LoopEvent): void {
    this.#failed.add(name);
    for (const other of this.#pendingOf(name)) if (other !== failure) this.#loop.cancel(other);
    this.#pending.delete(name);
  }
}
