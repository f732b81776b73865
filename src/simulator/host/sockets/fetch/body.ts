import { URLSearchParams } from '../../web/url.js';
import type { BufferConstructor } from '../../buffer/index.js';
import type { EventLoop } from '../../../runtime/loop.js';
import { bytesOf, latin1Of } from '../latin1.js';

export interface BodyWorld {
  readonly loop: EventLoop;
  readonly Promise: PromiseConstructor;
  readonly Buffer: BufferConstructor;
}

/** What a request or a response carries, as it comes. Bytes are latin1. */
export class Body {
  isUsed = false;
  /** Something has been taken out by iteration, or all of it. */
  readonly #world: BodyWorld;
  #parts: string[] = [];
  #isComplete = false;
  #failure: { readonly error: unknown } | undefined;
  #waiting: (() => void)[] = [];

  constructor(world: BodyWorld) {
    this.#world = world;
    world.loop.identity.born(this);
  }

  static of(world: BodyWorld, bytes: string): Body {
    const body = new Body(world);
    body.add(bytes, true);
    return body;
  }

  /** All of it, for who sends it; undefined while that is not known. */
  get whole(): string | undefined {
    return this.#isComplete ? this.#parts.join('') : undefined;
  }

  add(bytes: string, isLast: boolean): void {
    this.#touch();
    if (bytes !== '') this.#parts.push(bytes);
    this.#isComplete ||= isLast;
    this.#goOn();
  }

  fail(error: unknown): void {
    this.#touch();
    if (this.#isComplete || this.#failure !== undefined) return;
    this.#failure = { error };
    this.#goOn();
  }

  #goOn(): void {
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  /** Another body with the same content, of which neither is used. */
  clone(): Body {
    const { whole } = this;
    if (whole === undefined) throw new Error('clone of a body that is not complete is not simulated');
    return Body.of(this.#world, whole);
  }

  /** Takes all of it, once it is there; `make` makes of its bytes what is asked for. */
  consume<T>(make: (bytes: Uint8Array) => T): Promise<T> {
    this.#touch();
    const { Promise, Buffer } = this.#world;
    if (this.isUsed) return Promise.reject(new TypeError('Body is unusable: Body has already been read'));
    this.isUsed = true;
    return new Promise<T>((resolve, reject) => {
      const look = (): void => {
        if (this.#failure !== undefined) reject(this.#failure.error as Error);
        else if (!this.#isComplete) this.#waiting.push(look);
        else {
          try {
            resolve(make(Buffer.from(this.#parts.join(''), 'latin1')));
          } catch (error) {
            reject(error as Error);
          }
        }
      };
      look();
    });
  }

  /** As a stream it can be iterated over, and nothing else. */
  stream(): object {
    const { Promise } = this.#world;
    const next = (): Promise<IteratorResult<Uint8Array>> => new Promise((resolve, reject) => {
      const look = (): void => {
        this.#touch();
        const part = this.#parts.shift();
        if (part !== undefined) resolve({ value: bytesOf(part), done: false });
        else if (this.#failure !== undefined) reject(this.#failure.error as Error);
        else if (this.#isComplete) resolve({ value: undefined, done: true });
        else this.#waiting.push(look);
      };
      look();
    });
    const iterator = { next, return: (value: unknown) => Promise.resolve({ value, done: true }), [Symbol.asyncIterator]: () => iterator };
    const refused = Object.fromEntries(['getReader', 'pipeTo', 'pipeThrough', 'tee', 'cancel'].map((method) => [method, () => { throw new Error(`ReadableStream.${method} is not simulated; iterate over the body instead`); }]));
    return { ...refused, [Symbol.asyncIterator]: () => { this.isUsed = true; return iterator; } };
  }

  #touch(): void {
    const { loop } = this.#world;
    loop.touch(loop.identity.of(this), 'body', 'write');
  }
}

/** Bytes of what a program gives as a body, and the type that goes with it. */
export function bodyBytes(given: unknown, { Buffer }: BodyWorld): { readonly bytes: string; readonly type?: string } {
  if (typeof given === 'object' && given !== null) {
    if (given instanceof URLSearchParams) return { bytes: latin1Of(Buffer.from(String(given))), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
    if (ArrayBuffer.isView(given)) return { bytes: latin1Of(new Uint8Array(given.buffer as ArrayBuffer, given.byteOffset, given.byteLength)) };
    if (given instanceof ArrayBuffer) return { bytes: latin1Of(new Uint8Array(given)) };
    if (Symbol.asyncIterator in given || Symbol.iterator in given) throw new Error('a body that is iterated over is not simulated; give its text or bytes');
  }
  return { bytes: latin1Of(Buffer.from(String(given), 'utf8')), type: 'text/plain;charset=UTF-8' };
}
