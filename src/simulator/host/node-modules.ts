import type { createAsyncHelpers } from '../runtime/async.js';
import { createAsyncHooks } from './async-hooks.js';
import { createBufferModule } from './buffer/index.js';
import { createCrypto } from './crypto/index.js';
import { createTimersPromises } from './events/timers-promises.js';
import { fsModule, fsPromisesModule } from './files/index.js';
import { libraryOf } from './node-library/index.js';
import { libraryModules } from './node-library/modules.js';
import { StringDecoder } from './node-library/string-decoder.js';
import type { clientPackages } from '../modelled.js';
import { createKnex } from './knex/index.js';
import { createPg } from './postgres/index.js';
import { createIoredis, createNodeRedis } from './redis/index.js';
import { createHttp } from './sockets/http/index.js';
import { refused } from './sockets/refused.js';
import { startsAgents, type Platform, type PlatformWorld } from './platform.js';

export type Helpers = ReturnType<typeof createAsyncHelpers> & Readonly<Record<string, unknown>>;

/** Makes what a module of Node exports, for one execution. */
export type ModuleMaker = (platform: Platform, world: PlatformWorld, helpers: Helpers) => unknown;

/** Modules that every program gets, by their names without `node:`. */
export const ownModules: Readonly<Record<string, ModuleMaker>> = {
  async_hooks: (_platform, world) => createAsyncHooks(world),
  buffer: createBufferModule,
  events: ({ events }) => events.module,
  string_decoder: () => ({ StringDecoder }),
  ...libraryModules,
  timers: (platform, { timers: { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } }, helpers) =>
    ({ setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate, promises: platform.module('timers/promises', helpers) }),
  'timers/promises': (_platform, world, helpers) => createTimersPromises(world, helpers),
  worker_threads: ({ messages }, { opaque, host }) => ({
    ...messages.threads, isMainThread: true, parentPort: null, workerData: null, threadId: 0, Worker: startsAgents({ host }) ? messages.workers.NodeWorker : opaque.make('Worker'), ...messages.scope?.threads,
  }),
};

/**
 * Modules that reach what lies outside the program: files, processes, sockets. Scenario files say all that is there, so they have a machine
 * of their own for it; for the code of a finding the outside is unknown, and stays opaque.
 */
export const machineModules: Readonly<Record<string, ModuleMaker>> = {
  crypto: createCrypto,
  fs: fsModule,
  'fs/promises': fsPromisesModule,
  child_process: (platform, _world, helpers) => platform.childProcess(helpers),
  net: (...world) => withDefault(libraryOf(...world)('net') as object),
  http: (...world) => withDefault(createHttp(...world)),
  ...refused('https', 'tls', 'dgram', 'http2'),
};

/** Packages whose servers are simulated. */
export const clientModules: Readonly<Record<(typeof clientPackages)[number], ModuleMaker>> = { ioredis: createIoredis, redis: createNodeRedis, pg: createPg, knex: createKnex };

const modules: Readonly<Record<string, ModuleMaker>> = { ...ownModules, ...machineModules, ...clientModules };

export function makeModule(name: string, platform: Platform, world: PlatformWorld, helpers: Helpers): unknown {
  return modules[name]!(platform, world, helpers);
}

/** What `import` gives for these modules, with and without `node:`; `current` is the platform of the execution at hand. */
export function modelsOf(makers: Readonly<Record<string, ModuleMaker>>, current: () => Platform, helpers: Helpers): Record<string, () => unknown> {
  return Object.fromEntries(Object.keys(makers).flatMap((name) => [name, `node:${name}`].map((specifier) => [specifier, () => current().module(name, helpers)])));
}

/** Default and namespace imports both find their way. */
function withDefault<T extends object>(module: T): T {
  return 'default' in module ? module : Object.defineProperty(module, 'default', { value: module, configurable: true });
}
