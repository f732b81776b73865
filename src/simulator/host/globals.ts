import type { Assumptions } from '../runtime/assumptions.js';
import type { EventLoop } from '../runtime/loop.js';
import type { OpaqueValues } from '../runtime/opaque.js';
import { EPOCH, type Timers } from '../runtime/timers.js';
import { machineGlobals, ownGlobals } from './global-names.js';
import { seededRandom } from './random.js';
import { Platform, platformNames } from './platform.js';
import { inspectBriefly } from './events/inspect.js';
import { execPath } from './processes/process-entry.js';

export interface GlobalsWorld {
  readonly loop: EventLoop;
  readonly opaque: OpaqueValues;
  readonly assumptions: Assumptions;
  readonly timers: Timers;
  readonly Promise: PromiseConstructor;
  readonly require: (name: unknown) => unknown;
  readonly seed: number;
  /** `DisposableStack` and what belongs to it. */
  readonly disposal?: object;
  /** Shared with the modules that the program imports; one of its own if absent. */
  readonly platform?: Platform;
}

/** What the names of one execution have in common. */
interface Names {
  readonly world: GlobalsWorld;
  readonly random: () => number;
  readonly module: { readonly exports: object };
  /** The value of another name. */
  readonly value: (name: string) => unknown;
  readonly platform: Platform;
}

/** How the value of a name is made, in an execution that asks for it. */
const makers: Readonly<Record<string, (names: Names) => unknown>> = {
  Promise: ({ world }) => world.Promise,
  Math: ({ random }) => seededMath(random),
  Date: ({ world: { timers, opaque } }) => virtualDate(() => timers.dateNow(), opaque),
  require: ({ world }) => world.require,
  module: ({ module }) => module,
  exports: ({ module }) => module.exports,
  performance: ({ world: { timers } }) => Object.freeze({ now: () => timers.performanceNow(), timeOrigin: EPOCH, mark: () => undefined, measure: () => undefined }),
  console: ({ platform }) => consoleOf(platform),
  process: ({ world, platform }) => virtualProcess(world, platform),
  __filename: () => '/subject.js',
  __dirname: () => '/',
  globalThis: ({ value, platform }) => globalObject(value, platform),
  setTimeout: ({ world }) => world.timers.setTimeout,
  clearTimeout: ({ world }) => world.timers.clearTimeout,
  setInterval: ({ world }) => world.timers.setInterval,
  clearInterval: ({ world }) => world.timers.clearInterval,
  setImmediate: ({ world }) => world.timers.setImmediate,
  clearImmediate: ({ world }) => world.timers.clearImmediate,
  queueMicrotask: ({ world }) => world.timers.queueMicrotask,
};

const otherNames = new Map(['global', 'window', 'self'].map((name) => [name, 'globalThis']));
const ofGlobalObject = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'Promise', 'performance', 'console', 'process', 'Math', 'Date'];
/** Libraries look for the language itself in the global object, to know it by. */
const ofLanguage = { Object, Array, Symbol, String, Number, Boolean, BigInt, RegExp, JSON, Reflect, Proxy, Map, Set, WeakMap, WeakSet, WeakRef, Error, TypeError, RangeError, SyntaxError, ArrayBuffer, Uint8Array, DataView, parseInt, parseFloat, isNaN, isFinite, undefined, NaN, Infinity };
/** What no engine of ours can honour must look absent, not opaque. */
const absent = new Set(['Atomics', 'SharedArrayBuffer', 'WebAssembly', 'Compartment', 'lockdown', 'harden', 'ModuleSource', 'define', 'Deno', 'Bun', 'EdgeRuntime', 'onmessage', 'onmessageerror', 'onerror']);

/** The global objects of all executions. */
const globalObjects = new WeakSet<object>();

/** A property of a global object that platforms may have of which nothing is known here: one that looks absent must be. */
export function mayBeGlobal(object: object, name: string): boolean {
  return globalObjects.has(object) && !absent.has(name);
}

/** The classes of the platform are made when they are asked for here, too. */
function globalObject(value: (name: string) => unknown, platform: Platform): object {
  const object: Record<string, unknown> = Object.fromEntries(ofGlobalObject.map((name) => [name, value(name)]));
  for (const [name, given] of Object.entries(ofLanguage)) Object.defineProperty(object, name, { value: given, writable: true, configurable: true });
  for (const name of [...platformNames, ...Object.keys(ownGlobals), ...Object.keys(machineGlobals).filter((machine) => platform.has(machine))]) {
    const set = (given: unknown): void => void Object.defineProperty(object, name, { value: given, writable: true, enumerable: true, configurable: true });
    Object.defineProperty(object, name, { get: () => value(name), set, enumerable: true, configurable: true });
  }
  globalObjects.add(object);
  return platform.extendGlobalObject(object);
}

/** Values for the names that a program shadows, each made when it is asked for; a name that is not here is undefined if it must be, else opaque. */
export function createGlobals(world: GlobalsWorld): (name: string) => unknown {
  const values = new Map<string, unknown>();
  const { disposal = {}, platform = new Platform(world) } = world;
  const random = lazily(() => seededRandom(world.seed));
  const names: Names = { world, random: () => random()(), module: { exports: {} }, value, platform };
  function value(given: string): unknown {
    const name = otherNames.get(given) ?? given;
    if (values.has(name)) return values.get(name);
    const made = make(name);
    values.set(name, made);
    return made;
  }
  function make(name: string): unknown {
    if (Object.hasOwn(disposal, name)) return (disposal as Record<string, unknown>)[name];
    if (platform.has(name)) return platform.global(name);
    if (Object.hasOwn(makers, name)) return makers[name]!(names);
    if (absent.has(name)) return undefined;
    world.opaque.found({ kind: 'global', value: name });
    return world.opaque.make(name);
  }
  return value;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
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

/** What a process writes whose output somebody reads is written; else nobody sees it. */
function consoleOf(platform: Platform): object {
  const streams = platform.consoleStreams;
  if (streams === undefined) return silentConsole();
  const { out, err } = streams;
  const to = (stream: typeof out) => (...values: unknown[]): void => void stream()?.write(`${values.map((value) => (typeof value === 'string' ? value : inspectBriefly(value))).join(' ')}\n`);
  const [log, error] = [to(out), to(err)];
  return Object.freeze({ ...silentConsole(), log, info: log, debug: log, error, warn: error });
}

function silentConsole(): object {
  const silent = (): void => undefined;
  return Object.freeze(Object.fromEntries('log info warn error debug trace dir table time timeEnd timeLog group groupCollapsed groupEnd count countReset assert'.split(' ').map((name) => [name, silent])));
}

function virtualProcess({ loop, timers, opaque }: GlobalsWorld, platform: Platform): object {
  return Object.freeze(platform.extendProcess({
    env: opaque.make('process.env', true), argv: ['node', '/subject.js'], platform: 'linux', execPath, ppid: 0, version: 'v20.0.0', versions: Object.freeze({ node: '20.0.0' }),
    nextTick: timers.nextTick, cwd: () => '/', uptime: () => timers.performanceNow() / 1000, hrtime: Object.assign(() => [0, 0], { bigint: () => BigInt(Math.round(timers.performanceNow() * 1e6)) }),
    memoryUsage: () => opaque.make('process.memoryUsage()', true), emitWarning: () => undefined,
    exit: () => loop.abort('process.exit() was called'), abort: () => loop.abort('process.abort() was called'),
    stdout: opaque.make('process.stdout', true), stderr: opaque.make('process.stderr', true), stdin: opaque.make('process.stdin', true),
  }));
}
