import type { Job } from './jobs.js';
import type { EventLoop } from './loop.js';
import type { EventName } from './loop-names.js';

export type PromiseStateName = 'pending' | 'fulfilled' | 'rejected';

/** Something that waits for a promise. It runs once, so it is its own job. */
export interface Reaction extends Job {
  isRejected: boolean;
  argument: unknown;
}

/** The internal slots of a promise (ECMA-262, table "Internal Slots of Promise Instances") and the operations on them alone. */
export class PromiseSlots {
  state: PromiseStateName = 'pending';
  /** [[PromiseResult]] */
  result: unknown;
  isHandled = false;
  readonly #loop: EventLoop;
  readonly #promise: object;
  /** The turn that made it, and its rank among that turn's promises: who it is in footprints. */
  readonly #turn: EventName;
  readonly #rank: number;
  /** Most promises have one reaction: then no list is made. */
  #reactions: Reaction | Reaction[] | undefined;

  constructor(loop: EventLoop, promise: object) {
    this.#loop = loop;
    this.#promise = promise;
    this.#turn = loop.turnName;
    this.#rank = loop.countPromise();
  }

  /**
   * Invariant 8 of the loop: the order of reactions is the order in which they were added, and one that is added before the promise is
   * settled runs in another turn than one that is added after. The turn that made the promise comes before all that know it.
   */
  #touch(kind: 'read' | 'write'): void {
    if (this.#loop.turnName !== this.#turn) this.#loop.touchPromise(this.#turn, this.#rank, kind);
  }

  /** Somebody settles it, or comes too late for that. */
  takeTurn(): void {
    this.#loop.takeTurn(`promise ${this.#turn.id}:${this.#rank}`);
  }

  /** Somebody looks at the state without waiting, as only the platform can. */
  look(): Pick<PromiseSlots, 'state' | 'result'> {
    this.#touch('read');
    return this;
  }

  /** FulfillPromise */
  fulfill(value: unknown): void {
    this.#settle('fulfilled', value);
  }

  /** RejectPromise */
  reject(reason: unknown): void {
    if (this.state === 'pending' && !this.isHandled) this.#loop.noteRejection(this.#promise, reason);
    this.#settle('rejected', reason);
  }

  /** PerformPromiseThen, steps 9 to 12. */
  react(reaction: Reaction): void {
    this.#touch(this.state === 'pending' ? 'write' : 'read');
    if (this.state === 'pending') this.#wait(reaction);
    else {
      if (this.state === 'rejected' && !this.isHandled) this.#loop.noteHandled(this.#promise);
      this.#queue(reaction);
    }
    this.isHandled = true;
  }

  markHandled(): void {
    if (this.state === 'rejected' && !this.isHandled) this.#loop.noteHandled(this.#promise);
    this.isHandled = true;
  }

  #settle(state: PromiseStateName, result: unknown): void {
    if (this.state !== 'pending') return;
    this.#touch('write');
    this.state = state;
    this.result = result;
    const reactions = this.#reactions;
    this.#reactions = undefined;
    if (reactions === undefined) return;
    if (Array.isArray(reactions)) for (const reaction of reactions) this.#queue(reaction);
    else this.#queue(reactions);
  }

  #wait(reaction: Reaction): void {
    if (this.#reactions === undefined) this.#reactions = reaction;
    else if (Array.isArray(this.#reactions)) this.#reactions.push(reaction);
    else this.#reactions = [this.#reactions, reaction];
  }

  /** NewPromiseReactionJob */
  #queue(reaction: Reaction): void {
    reaction.isRejected = this.state === 'rejected';
    reaction.argument = this.result;
    this.#loop.addMicrotask(reaction);
  }
}
