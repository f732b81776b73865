import { instantiate } from 'raceproof:node-library';
import { inspectBriefly } from '../events/inspect.js';
import type { Helpers } from '../node-modules.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { bindingOf } from './bindings.js';
import { letAbortPass } from './errors.js';
import { internalsOf } from './internals.js';
import { primordialsOf } from './primordials.js';

type Require = (name: string) => unknown;

const made = new WeakMap<Platform, Require>();

/** Node's own library for an execution: each module of it is made when it is first asked for. */
export function libraryOf(platform: Platform, world: PlatformWorld, helpers: Helpers): Require {
  let library = made.get(platform);
  if (library === undefined) made.set(platform, (library = make(platform, world, helpers)));
  return library;
}

function make(platform: Platform, world: PlatformWorld, helpers: Helpers): Require {
  const { Promise, timers } = world;
  const internals = internalsOf(platform, world, inspectBriefly);
  const loaded = new Map<string, unknown>();
  const external = (name: string): unknown => {
    if (!loaded.has(name)) {
      if (!Object.hasOwn(internals, name)) throw new Error(`${name} of Node's library is not simulated`);
      loaded.set(name, internals[name]!());
    }
    return loaded.get(name);
  };
  return instantiate({
    ...helpers, primordials: primordialsOf(promisesOf(Promise)), internalBinding: (name: string) => bindingOf(name, world), process: { nextTick: timers.nextTick, cwd: () => '/', emitWarning: () => undefined, versions: {}, binding: undefined },
    queueMicrotask: timers.queueMicrotask, globalThis: {}, __touch: toucher(world), __caught: letAbortPass,
  }, external);
}

function promisesOf(Promise: PromiseConstructor): Readonly<Record<string, unknown>> {
  const { then } = Promise.prototype as { then: (...args: never[]) => unknown };
  return {
    Promise, PromiseResolve: (value: unknown) => Promise.resolve(value), PromiseReject: (reason: Error) => Promise.reject(reason),
    PromisePrototypeThen: (promise: object, ...reactions: never[]) => Reflect.apply(then, promise, reactions),
  };
}

/** A stream is one location: all of the object. Everything that the text calls a stream and that is none is passed over. */
function toucher({ loop }: PlatformWorld): (stream: unknown) => void {
  return (stream) => {
    if (typeof stream !== 'object' || stream === null) return;
    const identity = loop.identity.of(stream);
    if (identity !== 0 || isStream(stream)) loop.touch(identity, '*', 'write');
  };
}

function isStream(value: { readonly _readableState?: unknown; readonly _writableState?: unknown }): boolean {
  return value._readableState !== undefined || value._writableState !== undefined;
}
