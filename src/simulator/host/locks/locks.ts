import type { SharedCall, SharedObjectKind, SharedObjects, SharedWorld, Touches } from '../../agents/shared-objects.js';
import { rootPid } from '../processes/process-entry.js';
import { abandoned, asked, released, unusedQueue, withdrawn, type Change, type Claim, type ClaimNews, type LockMode, type LockQueue } from './lock-queue.js';

/** The name of the kind: the object of the lock `orders` is `lock orders`; that of a query, `lock`. */
export const lockKind = 'lock';

export interface RequestPayload extends Omit<Claim, 'agent'> {
  readonly how: 'wait' | 'ifAvailable' | 'steal';
}

export interface LockInfo {
  readonly name: string;
  readonly mode: LockMode;
  readonly clientId: string;
}

/** What comes to the address of a claim or a query. */
export type LockNews = { readonly kind: ClaimNews } | { readonly kind: 'snapshot'; readonly held: readonly LockInfo[]; readonly pending: readonly LockInfo[] };

/**
 * The lock manager that the agents of one process share (Web Locks API, `navigator.locks`). What agents ask takes effect in the order of
 * asking; what they are told of it comes later, each an event in their loops, in order.
 *
 *     request ──▶ pending ──▶ held ──▶ told `granted`: the callback runs ──▶ release ──▶ told `released`: so is who has asked
 *                    │          └──▶ stolen by another, told so
 *                    └──▶ withdrawn by its signal, or with its agent
 */
export const locks: SharedObjectKind = { name: lockKind, create: (world) => new Locks(world) };

class Locks implements SharedObjects {
  readonly #world: SharedWorld;
  /** By object. A lock that was used once stays. */
  readonly #queues = new Map<string, LockQueue>();
  /** Agents that have asked for a lock, ever. */
  readonly #users = new Set<string>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  /** Whom the end of a hold tells of it depends on who waits. */
  areTouchesFixed({ method, payload }: SharedCall): boolean {
    return method === 'query' || (method === 'request' && (payload as RequestPayload).how !== 'steal');
  }

  touches(call: SharedCall): Touches {
    // It sees them all, so it comes before or after each use of any.
    if (call.method === 'query') return { writes: [queries, tailOf(call.agent)] };
    return this.#touchesOf(call.object, (call.payload as { readonly id: string }).id, this.#changeBy(call), [call.agent]);
  }

  #touchesOf(object: string, id: string, { told }: Change, also: readonly string[]): Touches {
    const agents = new Set([...also, ...told.map(({ claim }) => claim.agent)]);
    return { reads: [queries], writes: [object, id, ...[...agents].map(tailOf)] };
  }

  logged({ method }: SharedCall, result: unknown): 'request' | 'release' | undefined {
    if (method === 'request') return result === 'waits' ? 'request' : undefined;
    return method === 'release' && result === 'released' ? 'release' : undefined;
  }

  perform(call: SharedCall): unknown {
    if (call.method === 'query') return this.#tellSnapshot(call);
    const before = this.#queueOf(call.object);
    const change = this.#changeBy(call);
    this.#apply(call.object, change);
    if (call.method !== 'request') return change.told[0]?.news === 'released' ? 'released' : undefined;
    this.#note(call.agent);
    return change.queue.pending.length > before.pending.length ? 'waits' : undefined;
  }

  #changeBy({ agent, object, method, payload }: SharedCall): Change {
    const queue = this.#queueOf(object);
    if (method === 'request') {
      const { how, ...claim } = payload as RequestPayload;
      return asked(queue, { ...claim, agent }, how);
    }
    const { id } = payload as { readonly id: string };
    switch (method) {
      case 'release': return released(queue, id);
      case 'withdraw': return withdrawn(queue, id);
      default: throw new Error(`a lock has no method ${method}`);
    }
  }

  #queueOf(object: string): LockQueue {
    return this.#queues.get(object) ?? unusedQueue;
  }

  #note(agent: string): void {
    if (this.#users.has(agent)) return;
    this.#users.add(agent);
    this.#world.undo(() => void this.#users.delete(agent));
  }

  #apply(object: string, { queue, told }: Change): void {
    const before = this.#queues.get(object);
    this.#world.undo(() => (before === undefined ? this.#queues.delete(object) : this.#queues.set(object, before)));
    this.#queues.set(object, queue);
    for (const { claim, news } of told) this.#tell(object, claim, news);
  }

  #tell(object: string, { id, agent, task, site }: Claim, news: ClaimNews): void {
    const kind = news === 'granted' ? 'acquire' : news === 'stolen' ? 'release' : undefined;
    this.#world.post({
      agent, task, address: id, payload: { kind: news } satisfies LockNews, channel: channelOf(agent), label: labels[news](object, task),
      touches: { writes: [id, headOf(agent)] }, ...(kind && { logged: { kind, resource: object, task, site } }),
    });
  }

  #tellSnapshot({ agent, payload }: SharedCall): undefined {
    const { id, scope } = payload as { readonly id: string; readonly scope: string };
    const infos = (list: keyof LockQueue): LockInfo[] => [...this.#queues].flatMap(([object, queue]) => {
      const name = nameIn(scope, object);
      return name === undefined ? [] : queue[list].map(({ mode, clientId }) => ({ name, mode, clientId }));
    });
    const news: LockNews = { kind: 'snapshot', held: infos('held'), pending: infos('pending') };
    this.#world.post({ agent, address: id, payload: news, channel: channelOf(agent), label: 'the answer to a query of locks arrives', touches: { writes: [headOf(agent)] } });
  }

  /** The machine notices some time after an agent's end, and gives its locks to others. */
  ended(agent: string): void {
    if (!this.#users.has(agent)) return;
    const changes = (): [string, Change][] => [...this.#queues].filter(([, queue]) => isUsedBy(queue, agent)).map(([object, queue]) => [object, abandoned(queue, agent)]);
    this.#world.schedule({
      agent, label: `the locks of ${agent} are free again`,
      touches: () => {
        const each = changes().map(([object, change]) => this.#touchesOf(object, agent, change, []));
        return { reads: [queries], writes: each.flatMap(({ writes = [] }) => writes) };
      },
      fire: () => { for (const [object, change] of changes()) this.#apply(object, change); },
    });
  }

  /** As in a browser, where no thread ends by itself. */
  keepsAlive(agent: string): boolean {
    for (const queue of this.#queues.values()) if (isUsedBy(queue, agent)) return true;
    return false;
  }

  waitsAt(agent: string): { readonly task: string; readonly waits: 'lock'; readonly resource: string; readonly site: number }[] {
    return [...this.#queues].flatMap(([resource, { pending }]) => pending.filter((claim) => claim.agent === agent).map(({ task, site }) => ({ task, waits: 'lock' as const, resource, site })));
  }
}

function isUsedBy({ held, pending }: LockQueue, agent: string): boolean {
  return held.some((claim) => claim.agent === agent) || pending.some((claim) => claim.agent === agent);
}

const queries = 'lock queries';

/** Processes share no locks. What the objects of one begin with: no name begins with a hyphen. */
export function scopeOf(pid: number): string {
  return pid === rootPid ? `${lockKind} ` : `${lockKind} -process ${pid} `;
}

function nameIn(scope: string, object: string): string | undefined {
  const name = object.startsWith(scope) ? object.slice(scope.length) : '-';
  return name.startsWith('-') ? undefined : name;
}

/** Chromium and the specification tell one agent in the order in which things happened. */
function channelOf(agent: string): string {
  return `locks of ${agent}`;
}

function tailOf(agent: string): string {
  return `${channelOf(agent)} tail`;
}

function headOf(agent: string): string {
  return `${channelOf(agent)} head`;
}

const labels: Readonly<Record<ClaimNews, (lock: string, task: string) => string>> = {
  granted: (lock, task) => `${task} gets ${lock}`,
  released: (lock, task) => `${task} goes on without ${lock}`,
  unavailable: (lock, task) => `${task} hears that ${lock} is not to be had`,
  stolen: (lock, task) => `${task} hears that ${lock} was stolen`,
};
