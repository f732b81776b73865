import type { AgentHost } from '../../agents/operations.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import { name, type EventInit } from '../events/event.js';
import type { EventsModel } from '../events/index.js';
import type { EventLoop } from '../../runtime/loop.js';
import { deserialise } from './deserialise.js';
import { endpointKind, type Delivery } from './endpoints.js';
import type { CloneRealm, CloneRecord, MovedKind } from './record.js';
import { dataCloneError, serialise } from './serialise.js';
import { transferList } from './structured-clone.js';

export interface MessagesWorld {
  readonly host: AgentHost;
  readonly loop: EventLoop;
  readonly Promise: PromiseConstructor;
  readonly events: EventsModel;
  /** Of the process at hand. */
  readonly pid: number;
  /** How values are cloned here; ports are added to what it knows. */
  readonly realm: CloneRealm;
}

interface MessageEventInit extends EventInit {
  readonly data?: unknown;
  readonly origin?: unknown;
  readonly lastEventId?: unknown;
  readonly source?: object | null;
  readonly ports?: Iterable<object>;
}

/** A port's identity and that of its other end. */
export interface PortPlan {
  readonly id: string;
  readonly peer: string;
}

interface PortState extends PortPlan {
  /** Given away, or closed: what is done to it has no effect. */
  isDetached: boolean;
  /** The turn of the message that it is being given. */
  turn: number;
  hasRef: boolean;
}

export type Ports = ReturnType<typeof createPorts>;

/** `MessagePort`, `MessageChannel` and `MessageEvent` of one agent (HTML, 9.4), with the methods that Node adds. */
export function createPorts({ host, loop, events, realm: given }: MessagesWorld) {
  const { Event } = events.events;
  const { NodeEventTarget, dispatch, defineHandler, watch } = events.targets;
  const states = new WeakMap<object, PortState>();
  const isOurs = Symbol('made by the platform');

  class MessageEvent extends Event {
    readonly #init: Required<Omit<MessageEventInit, keyof EventInit>>;

    constructor(type: string, init: MessageEventInit = {}) {
      super(type, init);
      const { data = null, origin = '', lastEventId = '', source = null, ports = [] } = init;
      this.#init = { data, origin: String(origin), lastEventId: String(lastEventId), source, ports: [...ports] };
    }

    get data(): unknown { return this.#init.data; }
    get origin(): unknown { return this.#init.origin; }
    get lastEventId(): unknown { return this.#init.lastEventId; }
    get source(): object | null { return this.#init.source; }
    get ports(): Iterable<object> { return this.#init.ports; }
  }
  name(MessageEvent, 'Event');

  class MessagePort extends NodeEventTarget {
    constructor(key?: unknown) {
      if (key !== isOurs) throw nodeError(TypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
      super();
    }

    postMessage(...args: readonly unknown[]): void {
      if (args.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'Not enough arguments to MessagePort.postMessage');
      const transfer = transferList(args[1]);
      if (transfer.includes(this)) throw dataCloneError('Transfer list contains source port');
      const record = serialise(args[0], transfer, realm);
      const state = states.get(this)!;
      if (!state.isDetached) call(state, 'post', { to: state.peer, record });
    }

    start(): void {
      const state = states.get(this)!;
      if (!state.isDetached) call(state, 'start');
    }

    close(callback?: unknown): void {
      if (typeof callback === 'function') this.once('close', callback);
      const state = states.get(this)!;
      if (state.isDetached) return;
      state.isDetached = true;
      call(state, 'close', { isReceiving: state.turn === loop.turn });
    }

    ref(): void { states.get(this)!.hasRef = true; }
    unref(): void { states.get(this)!.hasRef = false; }
    hasRef(): boolean { return states.get(this)!.hasRef; }
  }
  name(MessagePort, 'MessagePort');
  for (const type of ['message', 'messageerror']) defineHandler(MessagePort, type);

  function call({ id }: PortPlan, method: string, payload: object = {}): unknown {
    return host.perform({ kind: 'shared', site: host.site, object: id, method, payload, name: id });
  }

  /** The object for one end that is this agent's now. */
  function adopt(plan: PortPlan): InstanceType<typeof MessagePort> {
    const port = new MessagePort(isOurs);
    const state: PortState = { ...plan, isDetached: false, turn: -1, hasRef: false };
    states.set(port, state);
    // As in Node, listening is what starts a port, and it stops when nobody listens any more.
    watch(port, (type, size) => {
      if (type !== 'message' || state.isDetached) return;
      state.hasRef = size > 0;
      if (size <= 1) call(state, size === 1 ? 'start' : 'stop');
    });
    host.onInput(plan.id, (delivery) => receive(port, state, delivery as Delivery));
    return port;
  }

  function receive(port: InstanceType<typeof MessagePort>, state: PortState, delivery: Delivery): void {
    state.turn = loop.turn;
    if (delivery.kind === 'message') {
      const { value, transferred } = deserialise(delivery.record as CloneRecord, realm);
      const ports = transferred.filter((object) => states.has(object));
      dispatch(port, 'message', value, () => new MessageEvent('message', { data: value, ports }));
    } else {
      state.isDetached = true;
      port.dispatchEvent(new Event('close'));
    }
  }

  const portKind: MovedKind = {
    name: 'MessagePort',
    isTransferred: true,
    is: (value) => typeof value === 'object' && value !== null && states.has(value),
    plan: (port) => {
      const state = states.get(port)!;
      if (state.isDetached) throw dataCloneError('MessagePort in transfer list is already detached');
      call(state, 'leave');
      state.isDetached = true;
      return { id: state.id, peer: state.peer };
    },
    adopt: (plan) => {
      call(plan as PortPlan, 'enter');
      return adopt(plan as PortPlan);
    },
  };
  const realm: CloneRealm = { ...given, kinds: [...given.kinds, portKind] };

  class MessageChannel {
    readonly port1: InstanceType<typeof MessagePort>;
    readonly port2: InstanceType<typeof MessagePort>;

    constructor() {
      const [first, second] = [host.identify(endpointKind), host.identify(endpointKind)];
      call({ id: first, peer: second }, 'open', { to: second });
      call({ id: second, peer: first }, 'open', { to: first });
      this.port1 = adopt({ id: first, peer: second });
      this.port2 = adopt({ id: second, peer: first });
      Object.defineProperty(this, Symbol.toStringTag, { value: 'MessageChannel', configurable: true });
    }
  }

  function receiveMessageOnPort(port: unknown): { message: unknown } | undefined {
    const state = typeof port === 'object' && port !== null ? states.get(port) : undefined;
    if (state === undefined) throw invalidArgument('port', 'a MessagePort instance', port);
    const record = state.isDetached ? null : (call(state, 'receive') as CloneRecord | null);
    return record === null ? undefined : { message: deserialise(record, realm).value };
  }

  return { MessagePort, MessageChannel, MessageEvent, receiveMessageOnPort, adopt, realm };
}
