import { abortError, invalidArgument, requireFunction, requireSignal } from './errors.js';
import type { EventsWorld } from './world.js';
import { disposalSymbols } from '../../runtime/async-dispose.js';
import { ownListener } from './event-target.js';

type Callback = (...args: unknown[]) => void;

/** An emitter or an event target, as far as it has the methods. */
interface Source {
  on?: unknown;
  once?: unknown;
  removeListener?: unknown;
  addEventListener?: unknown;
  removeEventListener?: unknown;
  pause?(): void;
  resume?(): void;
}

interface Signal extends Source {
  readonly aborted: boolean;
  readonly reason: unknown;
}

interface OnOptions {
  readonly signal?: Signal;
  readonly close?: readonly PropertyKey[];
  readonly highWaterMark?: number;
  readonly lowWaterMark?: number;
}

/** `events.once`, `events.on` and `events.addAbortListener`, over emitters and event targets alike. */
export function createOnceAndOn(world: EventsWorld) {
  const { loop, Promise } = world;

  function addAbortListener(signal: Signal | undefined, listener: Callback): Record<symbol, () => void> {
    if (signal === undefined) throw invalidArgument('signal', 'an instance of AbortSignal', signal);
    requireSignal('signal', signal);
    requireFunction('listener', listener);
    const { aborted } = signal;
    if (aborted) loop.queueMicrotask(() => listener());
    else listen(signal, 'abort', listener, ownListener);
    return { [disposalSymbols.dispose]: () => { if (!aborted) unlisten(signal, 'abort', listener); } };
  }

  function nextArguments(source: Source, type: PropertyKey, signal: Signal | undefined): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const failed = (error: unknown): void => {
        unlisten(source, type, arrived);
        if (signal) unlisten(signal, 'abort', aborted);
        reject(error as Error);
      };
      const arrived = (...args: unknown[]): void => {
        if (typeof source.removeListener === 'function') unlisten(source, 'error', failed);
        if (signal) unlisten(signal, 'abort', aborted);
        resolve(args);
      };
      const aborted = (): void => {
        unlisten(source, type, arrived);
        unlisten(source, 'error', failed);
        reject(abortError(signal?.reason));
      };
      listen(source, type, arrived, ownListener);
      if (type !== 'error' && typeof source.once === 'function') listen(source, 'error', failed, ownListener);
      if (signal) listen(signal, 'abort', aborted, ownListener);
    });
  }

  /** An async function in Node, so what it returns is adopted: three ticks. */
  function once(source: Source, type: PropertyKey, options?: { readonly signal?: Signal }): Promise<unknown[]> {
    return new Promise((resolve) => {
      const signal = options?.signal;
      requireSignal('options.signal', signal);
      if (signal?.aborted) throw abortError(signal.reason);
      resolve(nextArguments(source, type, signal));
    });
  }

  function on(source: Source, type: PropertyKey, options: OnOptions = {}): object {
    const { signal } = options;
    requireSignal('options.signal', signal);
    if (signal?.aborted) throw abortError(signal.reason);
    const queue = new EventQueue(world, source, options);
    queue.listen(source, type, (...args) => queue.arrived(args));
    if (type !== 'error' && typeof source.on === 'function') queue.listen(source, 'error', (error) => queue.failed(error));
    for (const closing of options.close ?? []) queue.listen(source, closing, () => void queue.close());
    if (signal) queue.atEnd(addAbortListener(signal, () => queue.failed(abortError(signal.reason)))[disposalSymbols.dispose]!);
    return {
      next: () => queue.next(),
      return: () => queue.close(),
      throw: (error: unknown) => {
        if (!(error instanceof Error)) throw invalidArgument('EventEmitter.AsyncIterator', 'an instance of Error', error);
        queue.failed(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  return { once, on, addAbortListener };
}

interface Waiting {
  readonly resolve: (result: IteratorResult<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/** What lies between the events that arrived and the requests that wait for one. */
class EventQueue {
  readonly #world: EventsWorld;
  readonly #source: Source;
  readonly #high: number;
  readonly #low: number;
  readonly #arrived: unknown[][] = [];
  readonly #waiting: Waiting[] = [];
  readonly #undo: (() => void)[] = [];
  #error: { readonly reason: unknown } | undefined;
  #isPaused = false;
  #isClosed = false;

  constructor(world: EventsWorld, source: Source, { highWaterMark, lowWaterMark }: OnOptions) {
    this.#world = world;
    this.#source = source;
    this.#high = highWaterMark ?? Number.MAX_SAFE_INTEGER;
    this.#low = lowWaterMark ?? 1;
    world.loop.identity.born(this);
  }

  listen(source: Source, type: PropertyKey, listener: Callback): void {
    listen(source, type, listener);
    this.atEnd(() => unlisten(source, type, listener));
  }

  atEnd(undo: () => void): void {
    this.#undo.push(undo);
  }

  arrived(args: unknown[]): void {
    this.#touch();
    const waiting = this.#waiting.shift();
    if (waiting) return waiting.resolve({ value: args, done: false });
    this.#arrived.push(args);
    if (this.#isPaused || this.#arrived.length <= this.#high) return;
    this.#isPaused = true;
    this.#source.pause!();
  }

  failed(error: unknown): void {
    this.#touch();
    const waiting = this.#waiting.shift();
    if (waiting) waiting.reject(error);
    else this.#error = error ? { reason: error } : undefined;
    void this.close();
  }

  next(): Promise<IteratorResult<unknown>> {
    this.#touch();
    const { Promise } = this.#world;
    const value = this.#arrived.shift();
    if (value !== undefined) {
      this.#resume();
      return Promise.resolve({ value, done: false });
    }
    const error = this.#error;
    this.#error = undefined;
    // An error ends the iteration once; after that it is over.
    if (error) return Promise.reject(error.reason as Error);
    if (this.#isClosed) return this.close();
    return new Promise((resolve, reject) => void this.#waiting.push({ resolve, reject }));
  }

  close(): Promise<IteratorResult<unknown>> {
    this.#touch();
    // Listeners of the signal first, the others last in, first out.
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) undo();
    this.#isClosed = true;
    const result = { value: undefined, done: true as const };
    for (let waiting = this.#waiting.shift(); waiting !== undefined; waiting = this.#waiting.shift()) waiting.resolve(result);
    return this.#world.Promise.resolve(result);
  }

  #resume(): void {
    if (!this.#isPaused || this.#arrived.length >= this.#low) return;
    this.#source.resume!();
    this.#isPaused = false;
  }

  #touch(): void {
    const { loop } = this.#world;
    loop.touch(loop.identity.of(this), 'queue', 'write');
  }
}

export function listen(source: Source, type: PropertyKey, listener: Callback, options?: object): void {
  if (typeof source.on === 'function') Reflect.apply((options === ownListener ? source.once : source.on) as Callback, source, [type, listener]);
  else if (typeof source.addEventListener === 'function') Reflect.apply(source.addEventListener as Callback, source, [type, listener, options]);
  else throw invalidArgument('emitter', 'an instance of EventEmitter', source);
}

export function unlisten(source: Source, type: PropertyKey, listener: Callback): void {
  if (typeof source.removeListener === 'function') Reflect.apply(source.removeListener as Callback, source, [type, listener]);
  else if (typeof source.removeEventListener === 'function') Reflect.apply(source.removeEventListener as Callback, source, [type, listener]);
  else throw invalidArgument('emitter', 'an instance of EventEmitter', source);
}
