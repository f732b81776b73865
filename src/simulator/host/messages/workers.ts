import type { Arrival, SharedCall, SharedObjectKind, SharedObjects, SharedWorld, Touches } from '../../agents/shared-objects.js';
import { processKind } from '../processes/process-entry.js';
import { endpointsOf, type Endpoints } from './endpoints.js';
import type { PortPlan } from './message-port.js';
import type { CloneRecord } from './record.js';

export const workerKind = 'worker';

/** What a worker is started with. Plain data. */
export interface WorkerEntry {
  /** Of the linked program, from its root. */
  readonly file: string;
  /** Its own identity, by which it says how it ended. */
  readonly worker: string;
  readonly threadId: number;
  /** Of the process that it is a thread of. */
  readonly pid: number;
  readonly name: string;
  readonly data: CloneRecord;
  /** Its end of the channel to who started it. */
  readonly port: PortPlan;
}

/** What the starter of a worker is told of it. */
export type WorkerNews = { readonly kind: 'online' } | { readonly kind: 'error'; readonly record: unknown } | { readonly kind: 'exit'; readonly code: number };

interface WorkerState {
  readonly starter: string;
  readonly port: PortPlan;
  /** The exit code, once it has ended. */
  readonly code: number | undefined;
  /** The event with which it ended. */
  readonly endedBy?: string;
  /** Who started it waits for its end. Nobody else is told, for that would be an event without effect. */
  readonly isExitWatched: boolean;
  /** What was told, first to last. */
  readonly told: readonly { readonly news: WorkerNews; readonly arrival: Arrival }[];
}

interface Payload {
  readonly entry?: Omit<WorkerEntry, 'threadId'>;
  readonly news?: string;
  readonly record?: unknown;
  readonly code?: number;
}

/**
 * Worker threads: an agent each. Its messages, an error that nobody catches, and its end come in this order to who has started it, as in
 * Node. A worker at rest ends, unless one of its ports is listening.
 */
export const workers: SharedObjectKind = { name: workerKind, create: workersOf };

const ofWorlds = new WeakMap<SharedWorld, Workers>();

/** The threads of a process end with it: the same objects serve both kinds. */
export function workersOf(world: SharedWorld): Workers {
  let made = ofWorlds.get(world);
  if (made === undefined) ofWorlds.set(world, (made = new Workers(world)));
  return made;
}

export class Workers implements SharedObjects {
  readonly areTouchesFixed = true;
  readonly #world: SharedWorld;
  readonly #endpoints: Endpoints;
  readonly #states = new Map<string, WorkerState>();

  constructor(world: SharedWorld) {
    this.#world = world;
    this.#endpoints = endpointsOf(world);
  }

  touches({ object, method }: SharedCall): Touches {
    return { writes: method === 'start' ? [`${object} life`, 'worker count'] : [`${object} life`] };
  }

  logged({ method }: SharedCall): 'spawn' | undefined {
    return method === 'start' ? 'spawn' : undefined;
  }

  perform({ agent, object, method, payload }: SharedCall): unknown {
    const given = payload as Payload;
    switch (method) {
      case 'start': return this.#start(object, agent, given.entry!);
      case 'watch': return this.#watch(object, given.news!);
      case 'terminate': this.#set(object, { isExitWatched: true }); return this.#end(object, 1);
      case 'exit': return this.#end(object, given.code!);
      case 'fail': return this.#fail(object, given.record);
      default: throw new Error(`a worker has no method ${method}`);
    }
  }

  /** Gives the number of its thread. */
  #start(object: string, starter: string, entry: Omit<WorkerEntry, 'threadId'>): number {
    const { id, peer } = entry.port;
    this.#endpoints.open(peer, id, starter, true);
    this.#endpoints.open(id, peer, object, false);
    this.#set(object, { starter, port: entry.port, code: undefined, isExitWatched: false, told: [] });
    const threadId = this.#states.size;
    this.#world.spawn({ agent: object, entry: { ...entry, threadId } satisfies WorkerEntry });
    return threadId;
  }

  #set(object: string, change: Partial<WorkerState>): void {
    const before = this.#states.get(object);
    this.#world.undo(() => (before ? this.#states.set(object, before) : this.#states.delete(object)));
    this.#states.set(object, { ...before, ...change } as WorkerState);
  }

  /** Whoever listens in the turn that starts it hears of everything; an end that was told to nobody is told now. */
  #watch(object: string, news: string): void {
    if (news === 'exit') {
      this.#set(object, { isExitWatched: true });
      this.#tellExit(object);
      return;
    }
    const { told } = this.#states.get(object)!;
    for (const { arrival } of told) this.#world.withdraw(arrival);
    this.#set(object, { told: [] });
    for (const each of [{ kind: 'online' } as const, ...told.map((known) => known.news)]) this.#tell(object, each);
  }

  #end(object: string, code: number): void {
    if (this.#states.get(object)!.code === undefined) this.#stop(object, code);
    this.#tellExit(object);
  }

  #fail(object: string, record: unknown): void {
    if (this.#states.get(object)!.code !== undefined) return;
    this.#stop(object, 1);
    this.#tell(object, { kind: 'error', record });
    this.#tellExit(object);
  }

  #stop(object: string, code: number): void {
    this.#set(object, { code, endedBy: this.#world.event });
    this.#endpoints.retire(this.#states.get(object)!.port.peer);
    this.#world.terminate(object);
  }

  #tellExit(object: string): void {
    const { code, isExitWatched, told } = this.#states.get(object)!;
    if (code !== undefined && (isExitWatched || this.#mayEndWith(object)) && !told.some(({ news }) => news.kind === 'exit')) this.#tell(object, { kind: 'exit', code });
  }

  /** A process that was started goes on as long as its threads do, so it looks whether it goes on when one has ended. */
  #mayEndWith(object: string): boolean {
    return this.mainThreadOf(object).startsWith(`${processKind} `);
  }

  /** Behind the messages that the worker has sent. */
  #tell(object: string, news: WorkerNews): void {
    const { starter, port, told, endedBy } = this.#states.get(object)!;
    const arrival = this.#world.post({ agent: starter, address: object, payload: news, channel: port.peer, label: labels[news.kind](object), touches: { writes: [`${port.peer} head`] }, ...(endedBy !== undefined && { cause: endedBy }) });
    this.#set(object, { told: [...told, { news, arrival }] });
  }

  atRest(agent: string): undefined {
    const state = this.#states.get(agent);
    if (state && state.code === undefined && !this.#endpoints.isListening(agent)) this.#end(agent, 0);
  }

  /** Who has started a worker waits for its end. */
  keepsAlive(agent: string): boolean {
    for (const { starter, code } of this.#states.values()) if (starter === agent && code === undefined) return true;
    return false;
  }

  /** The main thread of the process that the agent belongs to, as far as workers know. */
  mainThreadOf(agent: string): string {
    const state = this.#states.get(agent);
    return state === undefined ? agent : this.mainThreadOf(state.starter);
  }

  /** The workers that run in the process of this main thread. */
  threadsOf(main: string): string[] {
    return [...this.#states].filter(([thread, { code }]) => code === undefined && this.mainThreadOf(thread) === main).map(([thread]) => thread);
  }

  /** The process has ended, and its threads with it. */
  stop(thread: string): void {
    this.#stop(thread, 1);
  }
}

const labels: Readonly<Record<WorkerNews['kind'], (worker: string) => string>> = {
  online: (worker) => `${worker} is running`,
  error: (worker) => `${worker} fails`,
  exit: (worker) => `${worker} ends`,
};
