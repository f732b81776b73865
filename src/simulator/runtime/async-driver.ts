import { isAbort } from './loop-abort.js';
import type { EventLoop } from './loop.js';
import type { PromiseCore } from './promise.js';
import type { Awaiter } from './promise-jobs.js';

/** For traces. Unset hooks cost nothing. */
export interface AsyncHooks {
  /** An async function or generator suspends at an `await`; what this returns comes back at the resume. */
  onSuspend?: ((awaited: unknown) => unknown) | undefined;
  /** It goes on, in its own task again. */
  onResume?: ((token: unknown) => void) | undefined;
}

/** What the parts of the lowering share. */
export interface AsyncRuntime {
  readonly loop: EventLoop;
  readonly core: PromiseCore;
  readonly hooks: AsyncHooks;
}

/** How a suspended body goes on. */
export type Resumption = 'next' | 'throw' | 'return';

/** What to await next, or what the whole sequence gives. */
export type SequenceStep = { readonly awaits: unknown } | { readonly gives: unknown };

/**
 * Several awaits in a row, or an await and what follows it, that one `yield` stands for: the disposal of `await using`, a step of
 * `for await`. Each `step` is given how the last await ended (nothing at first); what it throws, the body sees as a throw.
 */
export interface AwaitSequence {
  step(isRejected: boolean, value: unknown): SequenceStep;
}

const sequences = new WeakSet<object>();

const generatorFunction = Object.getPrototypeOf(function* () { /* for its prototype */ }) as { readonly prototype: Generator };
const { next: nextOf } = generatorFunction.prototype;
const { apply, getPrototypeOf } = Reflect;

export function markSequence(sequence: AwaitSequence): AwaitSequence {
  sequences.add(sequence);
  return sequence;
}

function isSequence(value: unknown): value is AwaitSequence {
  return typeof value === 'object' && value !== null && sequences.has(value);
}

/** Each function object, made in each execution anew, makes generators of a kind that V8 has not seen yet: to look up their methods takes as long as calling them. */
export function isGeneratorFunction(body: object): boolean {
  return getPrototypeOf(body) === generatorFunction;
}

/** Runs a generator that stands for an async body: everything it awaits is awaited as ECMA-262 says. */
export abstract class BodyDriver implements Awaiter {
  protected readonly runtime: AsyncRuntime;
  protected readonly body: Generator;
  readonly #isNative: boolean;
  #token: unknown;
  #sequence: AwaitSequence | undefined;

  /** `isNative`: the body is a generator of the engine, with its methods. */
  constructor(runtime: AsyncRuntime, body: Generator, isNative = false) {
    this.runtime = runtime;
    this.body = body;
    this.#isNative = isNative;
  }

  /** The body yielded `value`; true if it waits now, false if `run` should take the next resumption from `pending`. */
  protected abstract onYield(value: unknown): boolean;
  protected abstract onReturn(value: unknown): void;
  protected abstract onThrow(error: unknown): void;

  /** The resumption to go on with after an `onYield` that gave false. */
  protected next: Resumption = 'next';
  protected nextValue: unknown;

  /** Runs the body from one suspension to the next. */
  protected run(resumption: Resumption, value: unknown): void {
    this.next = resumption;
    this.nextValue = value;
    for (;;) {
      let result: IteratorResult<unknown>;
      try {
        result = this.#advance();
      } catch (error) {
        if (isAbort(error)) throw error;
        return this.onThrow(error);
      }
      if (result.done) return this.onReturn(result.value);
      if (this.onYield(result.value)) return;
    }
  }

  #advance(): IteratorResult<unknown> {
    const value = this.nextValue;
    this.nextValue = undefined;
    if (this.next === 'next') return this.#isNative ? apply(nextOf, this.body, [value]) : this.body.next(value);
    return this.next === 'throw' ? this.body.throw(value) : this.body.return(value);
  }

  /** Await(value). False if that failed at once, which the body sees as a throw. */
  protected suspend(value: unknown): boolean {
    if (isSequence(value)) return this.#stepSequence(value, false, undefined);
    const { hooks, core } = this.runtime;
    try {
      core.await(value, this);
    } catch (error) {
      if (isAbort(error)) throw error;
      return this.proceed('throw', error);
    }
    this.#token = hooks.onSuspend?.(value);
    return true;
  }

  /** The body goes on at once. */
  protected proceed(resumption: Resumption, value: unknown): false {
    this.next = resumption;
    this.nextValue = value;
    return false;
  }

  /** The suspension is over: tells the trace. */
  protected resumed(): void {
    const token = this.#token;
    this.#token = undefined;
    this.runtime.hooks.onResume?.(token);
  }

  resume(isRejected: boolean, value: unknown): void {
    this.resumed();
    const sequence = this.#sequence;
    this.#sequence = undefined;
    if (sequence === undefined) this.run(isRejected ? 'throw' : 'next', value);
    else if (!this.#stepSequence(sequence, isRejected, value)) this.run(this.next, this.nextValue);
  }

  #stepSequence(sequence: AwaitSequence, isRejected: boolean, value: unknown): boolean {
    let outcome: { readonly isRejected: boolean; readonly value: unknown } = { isRejected, value };
    for (;;) {
      let step: SequenceStep;
      try {
        step = sequence.step(outcome.isRejected, outcome.value);
      } catch (error) {
        if (isAbort(error)) throw error;
        return this.proceed('throw', error);
      }
      if ('gives' in step) return this.proceed('next', step.gives);
      if (this.suspend(step.awaits)) {
        this.#sequence = sequence;
        return true;
      }
      outcome = { isRejected: true, value: this.nextValue };
    }
  }
}
