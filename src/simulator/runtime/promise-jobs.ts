import type { Carried, Stores } from './jobs.js';
import { isAbort } from './loop-abort.js';
import type { Capability, Handler } from './promise-capability.js';
import type { PromiseCore } from './promise.js';
import type { Reaction } from './promise-slots.js';

/** What resumes when an awaited promise settles: one microtask, no derived promise. */
export interface Awaiter {
  resume(isRejected: boolean, value: unknown): void;
}

abstract class PendingReaction implements Reaction {
  readonly task: string;
  readonly stores: Stores;
  isRejected = false;
  argument: unknown = undefined;

  constructor({ task, stores }: Carried) {
    this.task = task;
    this.stores = stores;
  }

  abstract run(): void;
}

/** The continuation of an `await`. */
export class AwaitReaction extends PendingReaction {
  readonly #awaiter: Awaiter;

  constructor(carried: Carried, awaiter: Awaiter) {
    super(carried);
    this.#awaiter = awaiter;
  }

  override run(): void {
    this.#awaiter.resume(this.isRejected, this.argument);
  }
}

/** A promise that takes over the state of another, as the two resolving functions given to the other's `then` would do. */
export class AdoptReaction extends PendingReaction {
  readonly #core: PromiseCore;
  readonly #promise: Promise<unknown>;

  constructor(carried: Carried, core: PromiseCore, promise: Promise<unknown>) {
    super(carried);
    this.#core = core;
    this.#promise = promise;
  }

  override run(): void {
    if (this.isRejected) this.#core.reject(this.#promise, this.argument);
    else this.#core.resolve(this.#promise, this.argument);
  }
}

/** Handlers given to `then`, and the derived promise that their result settles (NewPromiseReactionJob). */
export class ThenReaction extends PendingReaction {
  readonly #onFulfilled: Handler | undefined;
  readonly #onRejected: Handler | undefined;
  readonly #derived: Capability | undefined;

  constructor(carried: Carried, onFulfilled: Handler | undefined, onRejected: Handler | undefined, derived: Capability | undefined) {
    super(carried);
    this.#onFulfilled = onFulfilled;
    this.#onRejected = onRejected;
    this.#derived = derived;
  }

  override run(): void {
    const handler = this.isRejected ? this.#onRejected : this.#onFulfilled;
    let settle = this.isRejected && handler === undefined ? this.#derived?.reject : this.#derived?.resolve;
    let result = this.argument;
    try {
      if (handler !== undefined) result = handler(this.argument);
    } catch (error) {
      if (isAbort(error)) throw error;
      settle = this.#derived?.reject;
      result = error;
    }
    settle?.(result);
  }
}

/** As `ThenReaction`, but the derived promise is a plain one that only this reaction settles: no resolving functions are made. */
export class PlainThenReaction extends PendingReaction {
  readonly #core: PromiseCore;
  readonly #onFulfilled: Handler | undefined;
  readonly #onRejected: Handler | undefined;
  readonly #derived: Promise<unknown>;

  constructor(carried: Carried, core: PromiseCore, onFulfilled: Handler | undefined, onRejected: Handler | undefined, derived: Promise<unknown>) {
    super(carried);
    this.#core = core;
    this.#onFulfilled = onFulfilled;
    this.#onRejected = onRejected;
    this.#derived = derived;
  }

  override run(): void {
    const handler = this.isRejected ? this.#onRejected : this.#onFulfilled;
    if (handler === undefined) this.#pass();
    else this.#call(handler);
  }

  #pass(): void {
    if (this.isRejected) this.#core.reject(this.#derived, this.argument);
    else this.#core.resolve(this.#derived, this.argument);
  }

  #call(handler: Handler): void {
    let result: unknown;
    try {
      result = handler(this.argument);
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#core.reject(this.#derived, error);
      return;
    }
    this.#core.resolve(this.#derived, result);
  }
}
