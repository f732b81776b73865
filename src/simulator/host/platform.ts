import type { AgentHost } from '../agents/operations.js';
import type { BufferConstructor } from './buffer/index.js';
import type { Faults } from '../runtime/faults.js';
import type { OpaqueValues } from '../runtime/opaque.js';
import { createEvents, createProcessEvents, type EventsModel, type EventsWorld, type ProcessEvents } from './events/index.js';
import { machineGlobals, ownGlobals, type GlobalMaker } from './global-names.js';
import { localKinds } from './kinds.js';
import { createMessages, LocalHost, type CloneRealm, type MessagesModel, type MovedKind, type WorkerEntry } from './messages/index.js';
import { createChildProcess, createPipeStreams, createProcessScope, pipeCapacity, rootPid, type PipeStreams, type ProcessEntry, type ProcessScope } from './processes/index.js';
import { clientModules, machineModules, makeModule, modelsOf, ownModules, type Helpers } from './node-modules.js';

export interface PlatformWorld extends EventsWorld {
  readonly opaque: OpaqueValues;
  /** Whether calls of the outside may fail; absent: none does. */
  readonly faults?: Faults;
  /** How the shared world is reached; absent: there is but this one agent. */
  readonly host?: AgentHost;
  /** What else can be cloned here: shared memory. */
  readonly realm?: CloneRealm;
  /** This agent is a worker, started with this. */
  readonly worker?: WorkerEntry;
  /** This agent is the main thread of a process, started with this. */
  readonly process?: ProcessEntry;
  /** Bytes that a pipe to a child holds, if the scenario says so. */
  readonly pipeCapacity?: () => number | undefined;
  /** There is a machine around the program, with files, processes and sockets. Absent: what lies outside is opaque. */
  readonly hasMachine?: boolean;
  /** The program may see what lies in the memory that Buffers are cut from (`showsPool`); absent: it may. */
  readonly showsPool?: boolean;
  /** What is drawn by chance comes from it; absent: 1. */
  readonly seed?: number;
}

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
  #host: AgentHost | undefined;
  #processEvents: ProcessEvents | undefined;
  #process: ProcessScope | undefined;
  readonly #modules = new Map<string, unknown>();

  constructor(world: PlatformWorld) {
    this.#world = world;
  }

  /** In the first turn of the program, before any of it runs: what it does not catch ends a process, whether or not it ever names `process`. */
  begin(helpers: Helpers): void {
    if (this.#world.process) this.#process = this.#processScope(this.#world.process, helpers);
  }

  #processScope(entry: ProcessEntry, helpers: Helpers): ProcessScope {
    const { loop, opaque } = this.#world;
    return createProcessScope({ loop, opaque, host: this.host, events: this.events, streams: this.#pipeStreams(helpers), library: () => this.#streamLibrary(helpers) }, () => this.messages.ports.realm, entry, this.#signals(entry.pid));
  }

  readonly #pipeCapacity = (): number => this.#world.process?.pipeCapacity ?? this.#world.pipeCapacity?.() ?? pipeCapacity;

  #streamLibrary(helpers: Helpers): ReturnType<Parameters<typeof createPipeStreams>[0]['library']> {
    return { ...(this.module('stream', helpers) as object), Buffer: this.global('Buffer') } as ReturnType<Parameters<typeof createPipeStreams>[0]['library']>;
  }

  #pipeStreams(helpers: Helpers): PipeStreams {
    return createPipeStreams({ loop: this.#world.loop, host: this.host, pid: this.pid, pipeCapacity: this.#pipeCapacity, library: () => this.#streamLibrary(helpers) });
  }

  get events(): EventsModel {
    return (this.#events ??= createEvents(this.#world));
  }

  /** How the shared world is reached. */
  get host(): AgentHost {
    return (this.#host ??= this.#world.host ?? new LocalHost(this.#world.loop, localKinds));
  }

  get messages(): MessagesModel {
    return (this.#messages ??= this.#makeMessages());
  }

  #makeMessages(): MessagesModel {
    const { loop, opaque, Promise, realm, worker } = this.#world;
    return createMessages({ loop, pid: this.pid, host: this.host, Promise, events: this.events, realm: { ...realm, kinds: [...(realm?.kinds ?? []), fromOutside(opaque)] } }, worker);
  }

  /** Whether it has a value for a global name. */
  has(name: string): boolean {
    return platformNames.has(name) || this.#maker(name) !== undefined || (name === 'Worker' && startsAgents(this.#world)) || (this.#world.worker !== undefined && scopeNames.has(name));
  }

  global(name: string): unknown {
    if (name === 'Worker') return this.messages.workers.WebWorker;
    const maker = this.#maker(name);
    if (maker !== undefined) return maker(this, this.#world);
    if (scopeNames.has(name)) return this.messages.scope!.globals[name];
    const { globals } = (eventNames as readonly string[]).includes(name) ? this.events : this.messages;
    return (globals as Readonly<Record<string, unknown>>)[name];
  }

  #maker(name: string): GlobalMaker | undefined {
    if (Object.hasOwn(ownGlobals, name)) return ownGlobals[name];
    return this.#world.hasMachine === true && Object.hasOwn(machineGlobals, name) ? machineGlobals[name] : undefined;
  }

  get pid(): number {
    return this.#world.process?.pid ?? this.#world.worker?.pid ?? rootPid;
  }

  #signals(pid: number): ProcessEvents {
    const { worker, process, hasMachine = false } = this.#world;
    const { host } = this;
    return (this.#processEvents ??= createProcessEvents(this.#world, () => this.events, { pid, host, hasMachine, isMainThread: worker === undefined && (process !== undefined || host.agent === 'main') }));
  }

  /** What makes `process` an emitter that hears of signals and errors. In a worker, `exit` ends that worker alone. */
  processMembers(pid: number): Record<string, unknown> {
    const { members } = this.#signals(pid);
    return this.#world.worker === undefined ? { ...members, ...this.#process?.members } : { ...members, exit: (code: unknown) => this.messages.scope!.exit(code) };
  }

  /** Gives `process` all that it has of the platform, also what changes while it runs. */
  extendProcess(object: object): object {
    Object.assign(object, this.processMembers(this.pid), { pid: this.pid });
    const env = this.#process?.env ?? null;
    if (env !== null) Object.assign(object, { env: { ...env } });
    for (const [name, accessor] of Object.entries(this.#process?.accessors ?? {})) Object.defineProperty(object, name, { ...accessor, enumerable: true, configurable: true });
    return object;
  }

  /** `node:child_process`. */
  childProcess(helpers: Helpers): object {
    const { loop, opaque, timers, process } = this.#world;
    return createChildProcess({
      loop, opaque, timers, host: this.host, events: this.events, realm: this.messages.ports.realm, env: process?.env ?? null, stdio: process?.stdio,
      streams: this.#pipeStreams(helpers), pipeCapacity: this.#pipeCapacity, Promise: this.#world.Promise, Buffer: this.global('Buffer') as BufferConstructor,
    });
  }

  /** The pipe behind a standard stream of a child process, for the calls of `fs` that block. */
  standardPipe(fd: 0 | 1 | 2): ReturnType<ProcessScope['pipeAt']> {
    return this.#process?.pipeAt(fd);
  }

  /** What `console` writes to, in a process whose output somebody reads. */
  get consoleStreams(): ProcessScope['console'] | undefined {
    return this.#process?.console;
  }

  /** `self` of a worker: its names, and handlers that can be set. */
  extendGlobalObject(object: object): object {
    return this.#world.worker === undefined ? object : this.messages.scope!.extend(object);
  }

  /** One of Node's modules, by its name without `node:`. */
  module(name: string, helpers: Helpers): unknown {
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    const made = makeModule(name, this, this.#world, helpers);
    this.#modules.set(name, made);
    return made;
  }
}

/** What `import` gives for Node's modules; `hasMachine`: for those of files, processes and sockets too. */
export function platformModels(current: () => Platform, helpers: Helpers, { hasMachine }: { readonly hasMachine: boolean }): Record<string, () => unknown> {
  return { ...modelsOf(ownModules, current, helpers), ...(hasMachine && { ...modelsOf(machineModules, current, helpers), ...clientsOf(current, helpers) }) };
}

/** Packages have no other name. */
function clientsOf(current: () => Platform, helpers: Helpers): Record<string, () => unknown> {
  return Object.fromEntries(Object.keys(clientModules).map((name) => [name, () => current().module(name, helpers)]));
}

export function startsAgents({ host }: Pick<PlatformWorld, 'host'>): boolean {
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
