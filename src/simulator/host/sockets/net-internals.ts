import type { Platform, PlatformWorld } from '../platform.js';
import { bufferOf } from '../buffer/index.js';
import { nodeError } from '../events/errors.js';
import { createHandles } from './handles.js';

const bindings = new WeakMap<Platform, Readonly<Record<string, object>>>();
const owner = Symbol('owner_symbol');
const asyncId = Symbol('async_id_symbol');

/** What `internalBinding` gives to `node:net`; undefined for other names. */
export function socketBinding(name: string, platform: Platform, world: PlatformWorld): object | undefined {
  let made = bindings.get(platform);
  if (made === undefined) bindings.set(platform, (made = createHandles({ host: platform.host, loop: world.loop, Buffer: bufferOf(platform, world), owner })));
  return Object.hasOwn(made, name) ? made[name] : undefined;
}

/** Modules that `node:net` stands on, as far as it uses them. */
export function socketInternals(_platform: Platform, { timers, loop }: PlatformWorld): Readonly<Record<string, () => unknown>> {
  const nothing = (): void => undefined;
  const channel = { hasSubscribers: false, publish: nothing };
  return {
    timers: () => timers,
    dns: () => createDns(loop, timers.nextTick),
    cluster: () => ({ isPrimary: true }),
    diagnostics_channel: () => ({ channel: () => channel, tracingChannel: () => channel }),
    'internal/timers': () => ({ kTimeout: Symbol('timeout'), setUnrefTimeout: (callback: never, milliseconds: number) => timers.setTimeout(callback, milliseconds), getTimerDuration }),
    'internal/async_hooks': () => ({
      newAsyncId: () => 0, symbols: { async_id_symbol: asyncId, owner_symbol: owner },
      defaultTriggerAsyncIdScope: (_id: number, run: (...args: unknown[]) => unknown, ...args: unknown[]) => run(...args),
    }),
    'internal/process/task_queues': () => ({ queueMicrotask: timers.queueMicrotask }),
    'internal/options': () => ({ getOptionValue: (name: string) => options[name] }),
    'internal/perf/observe': () => ({ hasObserver: () => false, startPerf: nothing, stopPerf: nothing }),
    'internal/blocklist': () => { throw new Error('net.BlockList is not simulated'); },
    'internal/socketaddress': () => { throw new Error('net.SocketAddress is not simulated'); },
  };
}

/** Options of the command line, at their defaults. */
const options: Readonly<Record<string, unknown>> = { '--network-family-autoselection': true, '--network-family-autoselection-attempt-timeout': 250 };

function getTimerDuration(milliseconds: unknown, name: string): number {
  if (typeof milliseconds !== 'number') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type number. Received ${milliseconds === null || milliseconds === undefined ? String(milliseconds) : `type ${typeof milliseconds} (${typeof milliseconds === 'string' ? `'${milliseconds}'` : String(milliseconds as boolean)})`}`);
  if (milliseconds < 0 || !Number.isFinite(milliseconds)) throw nodeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be a non-negative finite number. Received ${milliseconds}`);
  return Math.min(milliseconds, 2 ** 31 - 1);
}

type Lookup = (error: Error | null, address?: unknown, family?: number) => void;

/** `dns.lookup` of a machine that knows the name `localhost` only; a name is found in a turn of its own. */
function createDns(loop: PlatformWorld['loop'], nextTick: PlatformWorld['timers']['nextTick']): object {
  function lookup(name: string, ...rest: unknown[]): void {
    const callback = rest.at(-1) as Lookup;
    const { all = false } = (typeof rest[0] === 'object' && rest[0] !== null ? rest[0] : {}) as { readonly all?: boolean };
    const family = name.includes(':') ? 6 : 4;
    const found = (address: string): void => (all ? callback(null, [{ address, family }]) : callback(null, address, family));
    if (/^[\d.]+$|:/.test(name)) nextTick(found as never, name);
    else loop.addEvent({ label: `lookup of ${name} completes`, fire: () => (name === 'localhost' ? found('127.0.0.1') : callback(notFound(name))) });
  }
  return { lookup, ADDRCONFIG: 32 };
}

/** What `dns.lookup` says of a name that is unknown. */
export function notFound(hostname: string): Error {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname });
}
