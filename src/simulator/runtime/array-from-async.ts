import { isAbort } from './loop-abort.js';
import { createAwaiter } from './async-function.js';
import { methodOf, openAsyncIterator, StepByStep } from './async-iteration.js';
import type { AsyncRuntime } from './async-driver.js';
import { runningLoop, type EventLoop } from './loop.js';
import { isConstructor } from './promise-capability.js';

type FromAsync = (this: unknown, items: unknown, mapper: unknown, thisArg: unknown) => Promise<unknown>;
type Mapper = (value: unknown, index: number) => unknown;
/** A body whose `yield` stands for `await`. */
type AsyncBody = Generator<unknown, unknown, unknown>;

const ofLoop = new WeakMap<EventLoop, FromAsync>();

/** `Array.fromAsync` (ECMA-262, 23.1.2.1) on the promises of a loop; the realm's one finds it while the loop runs a turn. */
export function registerFromAsync(runtime: AsyncRuntime): void {
  const run = createAwaiter(runtime);
  ofLoop.set(runtime.loop, function (items, mapper, thisArg) {
    return run(undefined, [], undefined, () => body(runtime, this, items, mapper, thisArg));
  });
}

/** Gives the realm an `Array.fromAsync` of the simulator: an engine's own one gives promises that no loop of ours knows. */
export function installFromAsync(): void {
  const { fromAsync } = {
    fromAsync(this: unknown, items: unknown, ...[mapper, thisArg]: [unknown?, unknown?]): Promise<unknown> {
      const loop = runningLoop();
      const own = loop && ofLoop.get(loop);
      if (!own) throw new TypeError('Array.fromAsync was called outside any turn');
      return Reflect.apply(own, this, [items, mapper, thisArg]);
    },
  };
  Object.defineProperty(Array, 'fromAsync', { value: fromAsync, writable: true, enumerable: false, configurable: true });
}

function* body(runtime: AsyncRuntime, constructor: unknown, items: unknown, mapper: unknown, thisArg: unknown): AsyncBody {
  if (mapper !== undefined && typeof mapper !== 'function') throw new TypeError('the mapper is not a function');
  const map = mapper === undefined ? undefined : (value: unknown, index: number): unknown => Reflect.apply(mapper, thisArg, [value, index]);
  const iterator = openAsyncIterator(runtime, items);
  return yield* iterator ? fromIterator(constructor, iterator, map) : fromArrayLike(constructor, Object(items) as ArrayLike<unknown>, map);
}

function* fromIterator(constructor: unknown, iterator: object, map: Mapper | undefined): AsyncBody {
  const target: object = isConstructor(constructor) ? (Reflect.construct(constructor, []) as object) : [];
  const steps = new StepByStep(iterator);
  for (let index = 0; ; index++) {
    const result = (yield steps.next()) as IteratorResult<unknown>;
    if (result.done) return withLength(target, index);
    const { value } = result;
    try {
      define(target, index, map ? yield map(value, index) : value);
    } catch (error) {
      if (isAbort(error)) throw error;
      yield* close(iterator);
      throw error;
    }
  }
}

/** AsyncIteratorClose after an error, which hides those of `return`. */
function* close(iterator: object): Generator<unknown, void, unknown> {
  try {
    const method = methodOf(iterator, 'return');
    if (method !== undefined) yield Reflect.apply(method, iterator, []);
  } catch (error) {
    if (isAbort(error)) throw error;
  }
}

function* fromArrayLike(constructor: unknown, items: ArrayLike<unknown>, map: Mapper | undefined): AsyncBody {
  const length = toLength(items.length);
  const target: object = isConstructor(constructor) ? (Reflect.construct(constructor, [length]) as object) : new Array<unknown>(length);
  for (let index = 0; index < length; index++) {
    const value = yield items[index];
    define(target, index, map ? yield map(value, index) : value);
  }
  return withLength(target, length);
}

/** CreateDataPropertyOrThrow */
function define(target: object, index: number, value: unknown): void {
  const isDefined = Reflect.defineProperty(target, index, { value, writable: true, enumerable: true, configurable: true });
  if (!isDefined) throw new TypeError(`Cannot add property ${index}`);
}

function withLength(target: object, length: number): object {
  (target as { length: number }).length = length;
  return target;
}

function toLength(value: unknown): number {
  const length = Math.trunc(+(value as number)); // unlike `Number`, refuses a BigInt
  return length > 0 ? Math.min(length, Number.MAX_SAFE_INTEGER) : 0;
}
