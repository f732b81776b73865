import type { Assumptions } from '../runtime/assumptions.js';
import type { EventLoop } from '../runtime/loop.js';
import type { OpaqueValues } from '../runtime/opaque.js';
import { EPOCH, type Timers } from '../runtime/timers.js';
import { seededRandom } from './random.js';
import { createAbortSignals } from './abort.js';

export interface GlobalsWorld {
  readonly loop: EventLoop;
  readonly opaque: OpaqueValues;
  readonly assumptions: Assumptions;
  readonly timers: Timers;
  readonly Promise: PromiseConstructor;
  readonly require: (name: unknown) => unknown;
  readonly seed: number;
}

/** Values for the names that a program shadows; a name that is not here is undefined if it must be, else opaque. */
export function createGlobals(world: GlobalsWorld): (name: string) => unknown {
  const { timers, opaque } = world;
  const random = seededRandom(world.seed);
  const module = { exports: {} as object };
  const globalObject: Record<string, unknown> = {};
  const values: Record<string, unknown> = {
    Promise: world.Promise, Math: seededMath(random), Date: virtualDate(() => timers.dateNow(), opaque),
    require: world.require, module, exports: module.exports,
    setTimeout: timers.setTimeout, clearTimeout: timers.clearTimeout, setInterval: timers.setInterval, clearInterval: timers.clearInterval,
    setImmediate: timers.setImmediate, clearImmediate: timers.clearImmediate, queueMicrotask: timers.queueMicrotask,
    performance: Object.freeze({ now: () => timers.performanceNow(), timeOrigin: EPOCH, mark: () => undefined, measure: () => undefined }),
    console: silentConsole(), structuredClone: (value: unknown) => (opaque.is(value) ? value : ofThisRealm(() => structuredClone(value))),
    crypto: seededCrypto(random, opaque), process: virtualProcess(world), ...createAbortSignals(timers),
    btoa: (text: unknown) => ofThisRealm(() => btoa(text as string)), atob: (text: unknown) => ofThisRealm(() => atob(text as string)), __filename: '/subject.js', __dirname: '/',
  };
  for (const name of ['globalThis', 'global', 'window', 'self']) values[name] = globalObject;
  for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'Promise', 'crypto', 'performance', 'console', 'process']) globalObject[name] = values[name];
  // What no engine of ours can honour must look absent, not opaque.
  for (const name of ['Atomics', 'SharedArrayBuffer', 'WebAssembly', 'Compartment', 'lockdown', 'harden', 'ModuleSource', 'onmessage', 'onmessageerror', 'onerror']) values[name] = undefined;
  return (name) => (Object.hasOwn(values, name) ? values[name] : (values[name] = opaque.make(name)));
}

/** What the host throws is no object of the frozen realm: the subject is given an error that says the same. */
function ofThisRealm<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw Object.defineProperty(new Error(error.message), 'name', { value: error.name, configurable: true, writable: true });
  }
}

function seededMath(random: () => number): Math {
  const math = Object.create(null) as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(Math)) math[name] = (Math as unknown as Record<string, unknown>)[name];
  math['random'] = random;
  return Object.freeze(math) as unknown as Math;
}

/** `Date` on the virtual clock; a clone that the host has made is an instance of it too. */
function virtualDate(now: () => number, opaque: OpaqueValues): unknown {
  const known = (argument: unknown): unknown => (opaque.is(argument) ? now() : argument);
  function VirtualDate(...args: unknown[]): unknown {
    if (!new.target) return new Date(now()).toString();
    return Reflect.construct(Date, args.length === 0 ? [now()] : args.map(known), new.target);
  }
  const isDate = (constructor: unknown, value: unknown): boolean => (constructor === VirtualDate ? value instanceof Date : Reflect.apply(Function.prototype[Symbol.hasInstance], constructor, [value]));
  return Object.defineProperties(VirtualDate, {
    name: { value: 'Date' }, length: { value: 7 },
    prototype: { value: Object.create(Date.prototype, { constructor: { value: VirtualDate, writable: true, configurable: true } }) as object },
    now: { value: now }, parse: { value: Date.parse }, UTC: { value: Date.UTC },
    [Symbol.hasInstance]: { value(this: unknown, value: unknown) { return isDate(this, value); } },
  });
}

function silentConsole(): object {
  const silent = (): void => undefined;
  return Object.freeze(Object.fromEntries('log info warn error debug trace dir table time timeEnd timeLog group groupCollapsed groupEnd count countReset assert'.split(' ').map((name) => [name, silent])));
}

function seededCrypto(random: () => number, opaque: OpaqueValues): object {
  const hex = (count: number): string => Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
  const fill = (array: Uint8Array): Uint8Array => array.map((_, index) => (array[index] = Math.floor(random() * 2 ** (8 * array.BYTES_PER_ELEMENT))));
  return Object.freeze({
    randomUUID: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    getRandomValues: (array: Uint8Array) => { fill(array); return array; },
    subtle: opaque.make('crypto.subtle'),
  });
}

function virtualProcess({ loop, timers, opaque }: GlobalsWorld): object {
  return Object.freeze({
    env: opaque.make('process.env', true), argv: ['node', '/subject.js'], platform: 'linux', pid: 1, version: 'v20.0.0', versions: Object.freeze({ node: '20.0.0' }),
    nextTick: timers.nextTick, cwd: () => '/', uptime: () => timers.performanceNow() / 1000, hrtime: Object.assign(() => [0, 0], { bigint: () => BigInt(Math.round(timers.performanceNow() * 1e6)) }),
    memoryUsage: () => opaque.make('process.memoryUsage()', true), on: () => undefined, once: () => undefined, off: () => undefined, emit: () => false, emitWarning: () => undefined,
    exit: () => loop.abort('process.exit() was called'), abort: () => loop.abort('process.abort() was called'), kill: () => loop.abort('process.kill() was called'),
    stdout: opaque.make('process.stdout', true), stderr: opaque.make('process.stderr', true), stdin: opaque.make('process.stdin', true),
  });
}
