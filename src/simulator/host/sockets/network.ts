import { lifeOf, type Arrival, type SharedCall, type SharedObjectKind, type SharedObjects, type SharedWorld, type Touches } from '../../agents/shared-objects.js';
import { cutsOf, largestRead, textOf, without } from './byte-queue.js';
import { appended, freshEnd, isFull, peerOf, serverKind, socketKind, splitting, type Carried, type ConnectionNews, type End, type SocketNews } from './endpoints.js';

interface Listener {
  readonly owner: string;
  readonly carries: Carried;
  /** Of an IP address, for TCP. */
  readonly host: string;
  /** Connections that it has not been told of, by their accepted ends. */
  readonly backlog: ReadonlyMap<string, Arrival>;
}

interface SocketPayload {
  readonly writes?: readonly string[];
  readonly messages?: readonly unknown[];
}

interface ServerPayload {
  readonly carries?: Carried;
  readonly host?: string;
  readonly socket?: string;
  readonly first?: unknown;
}

const PORTS = 'ephemeral ports';
const anyPort = `${serverKind} tcp 0`;
/** IANA's dynamic ports: they are given in this order. */
const firstPort = 49_152;

/**
 * Sockets: connections of two byte streams, TCP and local ones (pipes). What they do is Linux's, over loopback.
 *
 *     connect ──▶ decided at once, as a loopback is: accepted into the backlog, or refused
 *                 ├─▶ the client is told (an event of its loop)       unordered
 *                 └─▶ the server is told (an event of its loop)
 *     write ───▶ behind what is on its way; an arrival is pending at the other end while there is something and the end reads. It brings what
 *                is there when it fires, or a part of it: `cutsOf` says which parts
 *     shutdown ▶ the end of the stream, behind what was written
 *     close ───▶ the same for the other end; a reset instead if something has come that was not read. Who writes to a closed end hears of it at
 *                its next write (EPIPE)
 *
 *  1. A pending arrival stays the same event when more is written: it races with the write (both write `… in`).
 *  2. What comes last at an end comes after all that was written before, whatever the order of the arrivals' making.
 *  3. An end whose agent is over is closed; who uses the other end reads that agent's life.
 */
export class Network {
  readonly #world: SharedWorld;
  readonly #ends = new Map<string, End>();
  readonly #listeners = new Map<string, Listener>();
  readonly #ports = new Map<string, number>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  // What is touched

  lifeAt(address: string): string[] {
    const listener = this.#listeners.get(address);
    return listener === undefined ? [] : [lifeOf(listener.owner)];
  }

  lifeBehind(socket: string): string[] {
    const peer = this.#ends.get(peerOf(socket));
    return peer === undefined ? [] : [lifeOf(peer.owner)];
  }

  backlogOf(address: string): string[] {
    return [...(this.#listeners.get(address)?.backlog.keys() ?? [])];
  }

  /** Where else it is decided which port is taken. */
  portsOf(address: string): string[] {
    if (address === anyPort) return [PORTS, `${serverKind} tcp ${this.#freePort()} state`];
    return Number(address.split(' ')[2]) >= firstPort ? [PORTS] : [];
  }

  // Servers

  /** Gives the port that was taken, or the code of an error. */
  listen(address: string, owner: string, { carries = 'bytes', host = '' }: ServerPayload): number | string {
    const port = address === anyPort ? this.#freePort() : Number(address.split(' ')[2]);
    const place = address.startsWith(`${serverKind} tcp`) ? `${serverKind} tcp ${port}` : address;
    if (this.#listeners.has(place)) return 'EADDRINUSE';
    this.#setListener(place, { owner, carries, host, backlog: new Map() });
    return Number.isNaN(port) ? 0 : port;
  }

  #freePort(): number {
    const taken = new Set(this.#ports.values());
    let port = firstPort;
    while (taken.has(port) || this.#listeners.has(`${serverKind} tcp ${port}`)) port++;
    return port;
  }

  /** Who has connected and was not heard is cut off. */
  unlisten(address: string): void {
    const listener = this.#listeners.get(address);
    if (listener === undefined) return;
    for (const [socket, arrival] of [...listener.backlog].sort(([a], [b]) => (a < b ? -1 : 1))) {
      this.#world.withdraw(arrival);
      this.#set(socket, { told: undefined });
      this.close(socket, true);
    }
    this.#setListener(address, undefined);
  }

  /** `first`: a message that is sent along. Gives the code of an error that is none of the network's. */
  connect(address: string, owner: string, { socket, carries = 'bytes', host = '', first }: ServerPayload): string | undefined {
    const listener = this.#listeners.get(address);
    if (listener !== undefined && listener.carries !== carries) return 'EPROTO';
    const isThere = listener !== undefined && isReached(listener.host, host);
    const news: SocketNews = isThere ? { kind: 'connected' } : { kind: 'failed', code: address.startsWith(`${serverKind} tcp`) ? 'ECONNREFUSED' : 'ENOENT' };
    this.#begin(socket!, owner, carries, news, first !== undefined && isThere);
    if (isThere) this.#accept(address, listener, socket!, first);
    return undefined;
  }

  /** With HTTP the answer itself tells that there is a connection. */
  #begin(socket: string, owner: string, carries: Carried, news: SocketNews, isTold: boolean): void {
    const told = isTold ? undefined : this.#world.post({
      agent: owner, address: socket, payload: news, label: news.kind === 'connected' ? `${socket} is connected` : `${socket} is refused`, touches: { writes: [`${socket} told`] },
      fire: () => this.#set(socket, { told: undefined }),
    });
    this.#set(socket, { ...freshEnd, owner, carries, told, ...(news.kind === 'failed' && { isOver: true, isReading: false }) });
  }

  #accept(address: string, listener: Listener, client: string, first: unknown): void {
    const socket = peerOf(client);
    const told = this.#world.post({
      agent: listener.owner, address, payload: { socket, ...(first !== undefined && { first }) } satisfies ConnectionNews, label: first === undefined ? `a connection arrives at ${address}` : `a request arrives at ${address}`,
      touches: { reads: [`${address} state`], writes: [`${socket} told`] },
      fire: () => this.#accepted(address, socket),
    });
    this.#set(socket, { ...freshEnd, owner: listener.owner, carries: listener.carries, told });
    this.#setListener(address, { ...listener, backlog: new Map([...listener.backlog, [socket, told]]) });
  }

  #accepted(address: string, socket: string): void {
    const listener = this.#listeners.get(address)!;
    this.#setListener(address, { ...listener, backlog: new Map([...listener.backlog].filter(([other]) => other !== socket)) });
    this.#set(socket, { told: undefined });
  }

  // Sockets

  write(socket: string, { writes = [], messages = [] }: SocketPayload): string {
    const end = this.#ends.get(socket)!;
    const to = peerOf(socket);
    const peer = this.#ends.get(to);
    if (end.last === 'reset') return 'ECONNRESET';
    if (peer === undefined || end.isBroken) return 'EPIPE';
    if (peer.isClosed) {
      this.#set(socket, { isBroken: true });
      return 'taken';
    }
    if (isFull(peer)) {
      this.#set(socket, { held: writes });
      return 'held';
    }
    this.#append(to, writes, messages, end.owner === peer.owner);
    return 'taken';
  }

  #append(to: string, writes: readonly string[], messages: readonly unknown[], fromSameAgent: boolean): void {
    const end = this.#ends.get(to)!;
    this.#set(to, { ...appended(end, writes, fromSameAgent), messages: [...end.messages, ...messages] });
    this.#offer(to);
  }

  /** A last message, and the end. */
  finish(socket: string, payload: SocketPayload): void {
    this.write(socket, payload);
    this.close(socket, false);
  }

  shutdown(socket: string): string {
    const end = this.#ends.get(socket)!;
    if (end.last === 'reset' || !this.#ends.has(peerOf(socket))) return 'ENOTCONN';
    this.#set(socket, { isShut: true });
    this.#endAt(peerOf(socket), 'end');
    return 'taken';
  }

  #endAt(socket: string, last: 'end' | 'reset'): void {
    const end = this.#ends.get(socket);
    if (end === undefined || end.isClosed || end.last !== 'open') return;
    this.#set(socket, { last });
    this.#offer(socket);
  }

  read(socket: string, isReading: boolean): void {
    this.#set(socket, { isReading });
    this.#offer(socket);
  }

  /** `isAbrupt`: by a reset, whatever was read. */
  close(socket: string, isAbrupt: boolean): void {
    const end = this.#ends.get(socket);
    if (end === undefined || end.isClosed) return;
    for (const arrival of [...end.arrivals.values(), end.told, end.taking]) if (arrival !== undefined) this.#world.withdraw(arrival);
    const hasUnread = end.queue.length > 0 || end.messages.length > 0;
    const peer = peerOf(socket);
    const other = this.#ends.get(peer);
    this.#set(socket, { isClosed: true, arrivals: new Map(), told: undefined, taking: undefined, held: [], queue: [], messages: [] });
    if (other?.taking !== undefined) this.#world.withdraw(other.taking);
    if (other !== undefined) this.#set(peer, { taking: undefined, isBroken: other.isBroken || isAbrupt || hasUnread });
    if (!end.isShut || isAbrupt) this.#endAt(peer, isAbrupt || hasUnread ? 'reset' : 'end');
  }

  /** The number of a client's port. It is given when somebody asks, so that who does not ask does not race for it. */
  port(socket: string): number {
    const known = this.#ports.get(socket);
    if (known !== undefined) return known;
    const port = this.#freePort();
    this.#world.undo(() => void this.#ports.delete(socket));
    this.#ports.set(socket, port);
    return port;
  }

  keepsAlive(agent: string): boolean {
    for (const { owner } of this.#listeners.values()) if (owner === agent) return true;
    for (const { owner, isClosed } of this.#ends.values()) if (owner === agent && !isClosed) return true;
    return false;
  }

  ended(agent: string): void {
    for (const [address, { owner }] of [...this.#listeners]) if (owner === agent) this.unlisten(address);
    for (const [socket, { owner }] of [...this.#ends]) if (owner === agent) this.close(socket, false);
  }

  // Arrivals

  /** Sees to it that what may arrive next at an end is pending (invariants 1 and 2). */
  #offer(socket: string): void {
    const end = this.#ends.get(socket)!;
    const wanted = end.isReading && !end.isClosed ? this.#wanted(end) : [];
    const arrivals = new Map<string, Arrival>();
    for (const [key, arrival] of end.arrivals) if (!wanted.some((plan) => plan.key === key)) this.#world.withdraw(arrival);
    for (const { key, news } of wanted) {
      const before = [end.told, key === 'last' ? arrivals.get('all') : undefined].filter((arrival) => arrival !== undefined);
      const known = end.arrivals.get(key);
      arrivals.set(key, known === undefined ? this.#post(socket, end.owner, key, news, before) : this.#amended(known, news, before));
    }
    this.#set(socket, { arrivals });
  }

  #wanted(end: End): { readonly key: string; readonly news: SocketNews }[] {
    const wanted: { key: string; news: SocketNews }[] = [];
    const text = textOf(end.queue);
    if (end.messages.length > 0) wanted.push({ key: 'all', news: { kind: 'message', message: end.messages[0] } });
    if (text !== '') {
      const from = end.queue[0]!.from;
      wanted.push({ key: 'all', news: { kind: 'bytes', bytes: text.slice(0, largestRead) } });
      for (const { at } of cutsOf(end.queue, end.splits, splitting)) wanted.push({ key: String(at), news: { kind: 'bytes', bytes: text.slice(0, at - from) } });
    }
    if (end.last !== 'open' && !end.isOver) wanted.push({ key: 'last', news: { kind: end.last } });
    return wanted;
  }

  #amended(arrival: Arrival, payload: SocketNews, after: readonly Arrival[]): Arrival {
    const isSame = JSON.stringify(payload) === JSON.stringify(arrival.payload) && after.map(({ id }) => id).join() === (arrival.after ?? []).map(({ id }) => id).join();
    return isSame ? arrival : this.#world.amend(arrival, { payload, after });
  }

  #post(socket: string, agent: string, key: string, news: SocketNews, after: readonly Arrival[]): Arrival {
    const isLast = key === 'last';
    return this.#world.post({
      agent, address: socket, payload: news, after, isOpen: !isLast, label: labelOf(socket, key, news),
      touches: { reads: [`${socket} told`], writes: [`${socket} in`, ...(isLast ? [`${socket} fin`] : [])] },
      fire: () => this.#arrived(socket, key),
    });
  }

  #arrived(socket: string, key: string): void {
    const end = this.#ends.get(socket)!;
    const arrivals = new Map([...end.arrivals].filter(([other]) => other !== key));
    if (key === 'last') this.#set(socket, { isOver: true, arrivals });
    else if (end.messages.length > 0) this.#set(socket, { messages: end.messages.slice(1), arrivals });
    else this.#set(socket, this.#takenFrom(end, key, arrivals));
    this.#offer(socket);
    this.#drain(socket);
  }

  #takenFrom({ queue, splits }: End, key: string, arrivals: ReadonlyMap<string, Arrival>): Partial<End> {
    const from = queue[0]!.from;
    const count = key === 'all' ? Math.min(textOf(queue).length, largestRead) : Number(key) - from;
    const isInside = key !== 'all' && !queue.some((written) => written.from === from + count);
    return { queue: without(queue, count), splits: splits + (isInside ? 1 : 0), arrivals };
  }

  /** There is room again at this end: what the other one holds back is taken. */
  #drain(socket: string): void {
    const from = peerOf(socket);
    const other = this.#ends.get(from);
    if (other === undefined || other.held.length === 0 || other.taking !== undefined || isFull(this.#ends.get(socket)!)) return;
    const taking = this.#world.post({ agent: other.owner, address: from, payload: { kind: 'taken' } satisfies SocketNews, label: `${from} can write again`, touches: { writes: [`${socket} in`] }, fire: () => this.#take(from, socket) });
    this.#set(from, { taking });
  }

  #take(from: string, to: string): void {
    const { held, owner } = this.#ends.get(from)!;
    this.#set(from, { held: [], taking: undefined });
    this.#append(to, held, [], owner === this.#ends.get(to)!.owner);
  }

  #set(socket: string, change: Partial<End>): void {
    const before = this.#ends.get(socket);
    this.#world.undo(() => (before ? this.#ends.set(socket, before) : this.#ends.delete(socket)));
    this.#ends.set(socket, { ...before, ...change } as End);
  }

  #setListener(address: string, state: Listener | undefined): void {
    const before = this.#listeners.get(address);
    this.#world.undo(() => (before ? this.#listeners.set(address, before) : this.#listeners.delete(address)));
    if (state === undefined) this.#listeners.delete(address);
    else this.#listeners.set(address, state);
  }
}

function labelOf(socket: string, key: string, news: SocketNews): string {
  if (news.kind === 'end') return `the end arrives at ${socket}`;
  if (news.kind === 'reset') return `${socket} is cut off`;
  if (news.kind === 'message') return `a message arrives at ${socket}`;
  return key === 'all' ? `bytes arrive at ${socket}` : `bytes up to ${key} arrive at ${socket}`;
}

/** Whether a server that listens at one address hears who calls the other. */
function isReached(listening: string, called: string): boolean {
  return listening === '::' || listening === called || (listening === '0.0.0.0' && called !== '::1');
}

const networks = new WeakMap<SharedWorld, Network>();

function networkOf(world: SharedWorld): Network {
  let made = networks.get(world);
  if (made === undefined) networks.set(world, (made = new Network(world)));
  return made;
}

/** Ends of connections. */
export const sockets: SharedObjectKind = { name: socketKind, create: (world) => new Sockets(networkOf(world)) };
/** Addresses that servers listen at: `server tcp 8080`, `server pipe /run/x`. */
export const servers: SharedObjectKind = { name: serverKind, create: (world) => new Servers(networkOf(world)) };

class Sockets implements SharedObjects {
  /** The owner of an end never changes. */
  readonly areTouchesFixed = true;
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  touches({ object, method }: SharedCall): Touches {
    const peer = peerOf(object);
    const reads = this.#network.lifeBehind(object);
    switch (method) {
      case 'write': return { reads, writes: [`${peer} in`] };
      case 'shutdown': return { reads, writes: [`${peer} fin`] };
      case 'start': case 'stop': return { reads, writes: [`${object} in`, `${object} fin`] };
      case 'port': return { writes: [PORTS] };
      default: return { reads, writes: [`${object} told`, ...[object, peer].flatMap((end) => [`${end} in`, `${end} fin`])] };
    }
  }

  logged({ method }: SharedCall): 'send' | undefined {
    return method === 'write' || method === 'finish' ? 'send' : undefined;
  }

  perform({ object, method, payload }: SharedCall): unknown {
    switch (method) {
      case 'write': return this.#network.write(object, payload as SocketPayload);
      case 'finish': return this.#network.finish(object, payload as SocketPayload);
      case 'shutdown': return this.#network.shutdown(object);
      case 'start': return this.#network.read(object, true);
      case 'stop': return this.#network.read(object, false);
      case 'close': return this.#network.close(object, false);
      case 'reset': return this.#network.close(object, true);
      case 'port': return this.#network.port(object);
      default: throw new Error(`a socket has no method ${method}`);
    }
  }

  keepsAlive(agent: string): boolean {
    return this.#network.keepsAlive(agent);
  }

  ended(agent: string): void {
    this.#network.ended(agent);
  }
}

class Servers implements SharedObjects {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  touches({ object, method }: SharedCall): Touches {
    const state = `${object} state`;
    if (method === 'connect') return { reads: [state, ...this.#network.lifeAt(object)] };
    if (method === 'listen') return { writes: [state, ...this.#network.portsOf(object)] };
    return { writes: [state, ...this.#network.backlogOf(object).flatMap((socket) => [socket, peerOf(socket)]).flatMap((end) => [`${end} told`, `${end} in`, `${end} fin`])] };
  }

  logged({ method }: SharedCall): 'send' | undefined {
    return method === 'connect' ? 'send' : undefined;
  }

  perform({ agent, object, method, payload }: SharedCall): unknown {
    switch (method) {
      case 'listen': return this.#network.listen(object, agent, payload as ServerPayload);
      case 'connect': return this.#network.connect(object, agent, payload as ServerPayload);
      case 'close': return this.#network.unlisten(object);
      default: throw new Error(`a server has no method ${method}`);
    }
  }
}
