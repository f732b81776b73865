import type { AgentHost } from '../agents/operations.js';
import type { createAsyncHelpers } from '../runtime/async.js';
import type { OpaqueValues } from '../runtime/opaque.js';
import { createEvents, createProcessEvents, type EventsModel, type EventsWorld } from './events/index.js';
import { createTimersPromises } from './events/timers-promises.js';
import { createMessages, endpoints, LocalHost, type CloneRealm, type MessagesModel, type MovedKind, type WorkerEntry } from './messages/index.js';

export interface PlatformWorld extends EventsWorld {
  readonly opaque: OpaqueValues;
  /** How the shared world is reached; absent: there is but this one agent. */
  readonly host?: AgentHost;
  /** What else can be cloned here: shared memory. */
  readonly realm?: CloneRealm;
  /** This agent is a worker, started with this. */
  readonly worker?: WorkerEntry;
}

type Helpers = Pick<ReturnType<typeof createAsyncHelpers>, '__asyncGenerator' | '__await'>;

const eventNames = ['Event', 'CustomEvent', 'EventTarget', 'DOMException', 'AbortController', 'AbortSignal'] as const;
const messageNames = ['structuredClone', 'MessageChannel', 'MessagePort', 'MessageEvent', 'BroadcastChannel'] as const;
/** What a worker's global scope adds. */
const scopeNames: ReadonlySet<string> = new Set(['postMessage', 'addEventListener', 'removeEventListener', 'close', 'name']);
/** Global names that every platform has values for. */
export const platformNames: ReadonlySet<string> = new Set<string>([...eventNames, ...messageNames]);

/** The classes of the platform, for one execution; each family is made when the program first asks for one of it. */
export class Platform {
  readonly #world: PlatformWorld;
  #events: EventsModel | undefined;
  #messages: MessagesModel | undefined;
  readonly #modules = new Map<string, unknown>();

  constructor(world: PlatformWorld) {
    this.#world = world;
  }

  get events(): EventsModel {
    return (this.#events ??= createEvents(this.#world));
  }

  get messages(): MessagesModel {
    return (this.#messages ??= this.#makeMessages());
  }

  #makeMessages(): MessagesModel {
    const { loop, opaque, Promise, host = new LocalHost(loop, [endpoints]), realm, worker } = this.#world;
    return createMessages({ loop, host, Promise, events: this.events, realm: { ...realm, kinds: [...(realm?.kinds ?? []), fromOutside(opaque)] } }, worker);
  }

  /** Whether it has a value for a global name. */
  has(name: string): boolean {
    return platformNames.has(name) || (name === 'Worker' && startsAgents(this.#world)) || (this.#world.worker !== undefined && scopeNames.has(name));
  }

  global(name: string): unknown {
    if (name === 'Worker') return this.messages.workers.WebWorker;
    if (scopeNames.has(name)) return this.messages.scope!.globals[name];
    const { globals } = (eventNames as readonly string[]).includes(name) ? this.events : this.messages;
    return (globals as Readonly<Record<string, unknown>>)[name];
  }

  /** What makes `process` an emitter that hears of signals and errors. In a worker, `exit` ends that worker alone. */
  processMembers(pid: number): Record<string, unknown> {
    const members = createProcessEvents(this.#world, () => this.events, pid);
    return this.#world.worker === undefined ? members : { ...members, exit: (code: unknown) => this.messages.scope!.exit(code) };
  }

  /** `self` of a worker: its names, and handlers that can be set. */
  extendGlobalObject(object: object): object {
    return this.#world.worker === undefined ? object : this.messages.scope!.extend(object);
  }

  /** One of Node's modules, by its name without `node:`. */
  module(name: string, helpers: Helpers): unknown {
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    const made = modules[name]!(this, this.#world, helpers);
    this.#modules.set(name, made);
    return made;
  }
}

const modules: Readonly<Record<string, (platform: Platform, world: PlatformWorld, helpers: Helpers) => unknown>> = {
  events: ({ events }) => events.module,
  timers: (platform, { timers: { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } }, helpers) =>
    ({ setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate, promises: platform.module('timers/promises', helpers) }),
  'timers/promises': (_platform, world, helpers) => createTimersPromises(world, helpers),
  worker_threads: ({ messages }, { opaque, host }) => ({
    ...messages.threads, isMainThread: true, parentPort: null, workerData: null, threadId: 0, Worker: startsAgents({ host }) ? messages.workers.NodeWorker : opaque.make('Worker'), ...messages.scope?.threads,
  }),
};

/** What `import` gives for Node's modules, with and without `node:`; `current` is the platform of the execution at hand. */
export function platformModels(current: () => Platform, helpers: Helpers): Record<string, () => unknown> {
  return Object.fromEntries(Object.keys(modules).flatMap((name) => [name, `node:${name}`].map((specifier) => [specifier, () => current().module(name, helpers)])));
}

function startsAgents({ host }: Pick<PlatformWorld, 'host'>): boolean {
  return host !== undefined && !(host instanceof LocalHost);
}

/** A value from outside is known by its label; within one agent it stays the same object. */
function fromOutside(opaque: OpaqueValues): MovedKind {
  const sent = new Map<string, object>();
  return {
    name: 'opaque', isTransferred: false,
    is: (value) => opaque.is(value),
    plan: (value) => {
      const label = opaque.labelOf(value);
      sent.set(label, value);
      return label;
    },
    adopt: (label) => sent.get(label as string) ?? opaque.settled(label as string),
  };
}
