import type { Arrival, SharedCall, SharedObjectKind, SharedObjects, SharedWorld, Touches } from '../../agents/shared-objects.js';

/** The name of the kind: identities of ports and broadcast channels begin with it. */
export const endpointKind = 'port';

/** What arrives at an endpoint. `record` is a `CloneRecord`. */
export type Delivery = { readonly kind: 'message'; readonly record: unknown } | { readonly kind: 'close' };

interface Queued {
  readonly delivery: Delivery;
  readonly arrival: Arrival | undefined;
}

/** A state is never changed, only replaced, so that an undo is the state before. */
interface Endpoint {
  /** A port's other end; the endpoints of a broadcast channel have its name in common instead. */
  readonly peer: string | undefined;
  readonly channel: string | undefined;
  /** In whose loop its messages arrive. Nobody's while it travels. */
  readonly owner: string | undefined;
  readonly isStarted: boolean;
  readonly isClosed: boolean;
  readonly queue: readonly Queued[];
}

interface Payload {
  readonly to?: string;
  readonly record?: unknown;
  readonly isReceiving?: boolean;
}

/**
 * Ends of channels: message ports (HTML, 9.4.4) and broadcast channels (9.5), as Node orders what they do.
 *
 *     open ──▶ post: into the queue of the peer, or of all others of the same name
 *              start, stop: whether what is queued arrives, in order, one event each
 *              leave, enter: the end moves to another agent with its queue
 *              close: what is queued here is dropped, then this end is told, then the other
 */
export const endpoints: SharedObjectKind = { name: endpointKind, create: endpointsOf };

const ofWorlds = new WeakMap<SharedWorld, Endpoints>();

/** Workers have ports too: the same objects serve both kinds. */
export function endpointsOf(world: SharedWorld): Endpoints {
  let made = ofWorlds.get(world);
  if (made === undefined) ofWorlds.set(world, (made = new Endpoints(world)));
  return made;
}

export class Endpoints implements SharedObjects {
  readonly areTouchesFixed = true;
  readonly #world: SharedWorld;
  readonly #states = new Map<string, Endpoint>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  touches({ object, method, payload }: SharedCall): Touches {
    const { to } = payload as Payload;
    if (method === 'post') return { reads: [`${to} state`], writes: [`${to} tail`] };
    const isMember = to?.startsWith('channel ');
    return { writes: [...(isMember ? [`${to} state`, `${to} tail`] : []), `${object} state`, `${object} tail`, `${object} head`] };
  }

  logged({ method }: SharedCall): 'send' | undefined {
    return method === 'post' ? 'send' : undefined;
  }

  perform({ agent, object, method, payload }: SharedCall): unknown {
    const given = payload as Payload;
    switch (method) {
      case 'open': return this.open(object, given.to!, agent, false);
      case 'post': return this.#post(object, { kind: 'message', record: given.record });
      case 'start': return this.#start(object, agent);
      case 'stop': return this.#stop(object);
      case 'receive': return this.#receive(object);
      case 'close': return this.#close(object, agent, given.isReceiving === true);
      case 'leave': return this.#leave(object);
      case 'enter': return this.#set(object, { owner: agent });
      default: throw new Error(`a port has no method ${method}`);
    }
  }

  open(object: string, to: string, owner: string, isStarted: boolean): void {
    const isMember = to.startsWith('channel ');
    this.#set(object, { peer: isMember ? undefined : to, channel: isMember ? to : undefined, owner, isStarted: isMember || isStarted, isClosed: false, queue: [] });
  }

  /** Its other end's agent is no more: what is queued still arrives, and nothing else. */
  retire(object: string): void {
    this.#set(object, { isClosed: true });
  }

  keepsAlive(agent: string): boolean {
    return this.isListening(agent);
  }

  /** Something may still arrive at one of the agent's ends. */
  isListening(agent: string): boolean {
    for (const { owner, isStarted, isClosed } of this.#states.values()) if (owner === agent && isStarted && !isClosed) return true;
    return false;
  }

  #set(object: string, change: Partial<Endpoint>): void {
    const before = this.#states.get(object);
    this.#world.undo(() => (before ? this.#states.set(object, before) : this.#states.delete(object)));
    this.#states.set(object, { ...before, ...change } as Endpoint);
  }

  #post(object: string, delivery: Delivery): void {
    const from = this.#states.get(object)!;
    if (from.isClosed) return;
    for (const [id, state] of this.#states) if (id === from.peer || (id !== object && state.channel !== undefined && state.channel === from.channel)) this.#enqueue(id, delivery);
  }

  #enqueue(object: string, delivery: Delivery): void {
    const state = this.#states.get(object)!;
    if (state.isClosed) return;
    // A close needs no start, but waits for the messages before it.
    const arrives = state.isStarted || (delivery.kind === 'close' && state.queue.length === 0);
    this.#set(object, { queue: [...state.queue, { delivery, arrival: arrives ? this.#arrive(object, state.owner!, delivery) : undefined }] });
  }

  #arrive(object: string, agent: string, delivery: Delivery): Arrival {
    return this.#world.post({
      agent, address: object, payload: delivery, channel: object,
      label: delivery.kind === 'message' ? `message arrives at ${object}` : `${object} closes`,
      touches: { writes: delivery.kind === 'message' ? [`${object} head`] : closingTouches(object, this.#states.get(object)!.peer) },
      fire: () => this.#arrived(object, delivery),
    });
  }

  #arrived(object: string, delivery: Delivery): void {
    const state = this.#states.get(object)!;
    this.#set(object, { queue: state.queue.slice(1), ...(delivery.kind === 'close' && { isClosed: true }) });
    if (delivery.kind === 'close' && state.peer !== undefined) this.#enqueue(state.peer, { kind: 'close' });
  }

  #start(object: string, owner: string): void {
    const { queue } = this.#states.get(object)!;
    this.#set(object, { owner, isStarted: true, queue: queue.map(({ delivery, arrival }) => ({ delivery, arrival: arrival ?? this.#arrive(object, owner, delivery) })) });
  }

  #stop(object: string): void {
    if (this.#states.get(object)!.isClosed) return;
    this.#set(object, { isStarted: false, queue: this.#withdrawn(object) });
  }

  #leave(object: string): void {
    this.#set(object, { isStarted: false, owner: undefined, queue: this.#withdrawn(object) });
  }

  #withdrawn(object: string): Queued[] {
    return this.#states.get(object)!.queue.map(({ delivery, arrival }) => {
      if (arrival) this.#world.withdraw(arrival);
      return { delivery, arrival: undefined };
    });
  }

  /** The first message without an event; null if there is none. */
  #receive(object: string): unknown {
    const [first, ...queue] = this.#states.get(object)!.queue;
    if (first?.delivery.kind !== 'message') return null;
    if (first.arrival) this.#world.withdraw(first.arrival);
    this.#set(object, { queue });
    return first.delivery.record;
  }

  /** Node goes on with what has come when a port is closed while it is receiving; else nothing arrives any more. */
  #close(object: string, agent: string, isReceiving: boolean): void {
    const { queue, isClosed, channel } = this.#states.get(object)!;
    if (isClosed) return;
    const kept = isReceiving && channel === undefined ? queue : (this.#withdrawn(object), []);
    const arrival = channel === undefined ? this.#arrive(object, agent, { kind: 'close' }) : undefined;
    this.#set(object, { isClosed: true, queue: arrival ? [...kept, { delivery: { kind: 'close' }, arrival }] : [] });
  }
}

/** The end itself, and the other one, which is told next. */
function closingTouches(object: string, peer: string | undefined): string[] {
  return [`${object} head`, `${object} state`, ...(peer === undefined ? [] : [`${peer} state`, `${peer} tail`])];
}
