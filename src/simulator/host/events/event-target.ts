import { isAbort } from '../../runtime/loop-abort.js';
import { invalidArgument, missingArguments, nodeError, requireSignal } from './errors.js';
import { name, type Events } from './event.js';
import { ListenerList, type Listener } from './listeners.js';
import { touchListeners, type EventsWorld } from './world.js';

type Callback = (this: unknown, argument: unknown) => unknown;
type EventObject = InstanceType<Events['Event']>;

/** What an object with listeners keeps. */
interface TargetState {
  readonly lists: Map<string, ListenerList>;
  /** `onabort` and its kin, by type. */
  readonly handlers: Map<string, EventHandler>;
  /** Told how many listeners of a type there are now: ports start and stop by it. */
  onCount: ((type: string, size: number) => void) | undefined;
}

/** Keeps its place among the listeners while its function is exchanged (HTML, 8.1.8.1). */
interface EventHandler {
  (this: unknown, event: unknown): unknown;
  handler: unknown;
}

/** The platform's own listeners add these to the options of the standard. */
const nodeStyle = Symbol('node style');
const resistant = Symbol('resistant');

export const ownListener = { once: true, [resistant]: true };
export const ownLastingListener = { [resistant]: true };

interface Options {
  readonly once?: unknown;
  readonly capture?: unknown;
  readonly signal?: { readonly aborted: boolean; addEventListener(type: string, listener: () => void, options: object): void } | undefined;
  readonly [nodeStyle]?: boolean;
  readonly [resistant]?: boolean;
}

export type EventTargets = ReturnType<typeof createEventTargets>;

/**
 * `EventTarget` (DOM, section 2.7) as Node 20 has it, which `NodeEventTarget` gives the methods of an emitter. What a listener throws, or rejects
 * with, nobody catches: it is thrown again in a tick of its own.
 */
export function createEventTargets(world: EventsWorld, events: Events) {
  const { loop, timers, Promise } = world;
  let stateOf!: (target: object) => TargetState | undefined;

  class EventTarget {
    readonly #state: TargetState = { lists: new Map(), handlers: new Map(), onCount: undefined };

    static {
      stateOf = (target) => (#state in target ? target.#state : undefined);
    }

    constructor() {
      loop.identity.born(this);
    }

    addEventListener(type: unknown, listener: unknown, options?: Options | boolean | null): void {
      const state = required(this);
      if (arguments.length < 2) throw missingArguments('type', 'listener');
      const given = typeof options === 'boolean' ? { capture: options } : (options ?? {});
      if (typeof given !== 'object') throw invalidArgument('options', 'of type object', given);
      const { once, capture, signal } = given;
      requireSignal('options.signal', signal);
      if (signal?.aborted) return;
      if (!isListener(listener)) return;
      signal?.addEventListener('abort', () => this.removeEventListener(type, listener, given), ownListener);
      const key = String(type);
      touchListeners(world, this, key, 'write');
      const list = listOf(state, key);
      if (!list.add({ listener, call: caller(listener), isCapture: Boolean(capture), isOnce: Boolean(once), isNodeStyle: given[nodeStyle] === true, isResistant: given[resistant] === true })) return;
      state.onCount?.(key, list.size);
    }

    removeEventListener(type: unknown, listener: unknown, options?: Options | boolean | null): void {
      const state = required(this);
      if (arguments.length < 2) throw missingArguments('type', 'listener');
      if (!isListener(listener)) return;
      const key = String(type);
      touchListeners(world, this, key, 'write');
      const list = state.lists.get(key);
      // A boolean says nothing here, unlike in the standard.
      if (list?.remove(listener, (options as Options | undefined)?.capture === true)) removed(state, key, list);
    }

    dispatchEvent(event: EventObject): boolean {
      required(this);
      if (arguments.length < 1) throw missingArguments('event');
      const eventState = events.stateOf(event);
      if (eventState === undefined) throw invalidArgument('event', 'an instance of Event', event);
      if (eventState.isDispatched) throw nodeError(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
      dispatch(this, event.type, event, () => event);
      return !event.defaultPrevented;
    }
  }
  name(EventTarget, 'EventTarget');

  function required(target: object): TargetState {
    const state = typeof target === 'object' && target !== null ? stateOf(target) : undefined;
    if (state === undefined) throw nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type EventTarget');
    return state;
  }

  /** Calls the listeners of a type: those of an emitter's kind get `value`, the others an event, which is made for the first of them. */
  function dispatch(target: object, type: string, value: unknown, makeEvent: () => EventObject, origin = target): boolean {
    const state = required(target);
    touchListeners(world, target, type, 'read');
    const list = state.lists.get(type);
    const made: { event?: EventObject } = {};
    const enter = (): EventObject => {
      const event = (made.event = makeEvent());
      Object.assign(events.stateOf(event)!, { target: origin, currentTarget: target, isDispatched: true });
      return event;
    };
    if (events.stateOf(value) !== undefined) enter();
    let hasThrown = false;
    list?.visit(
      (listener) => listener.isResistant || !made.event || !events.stateOf(made.event)!.isStopped,
      (listener) => { hasThrown = callOne(target, listener, listener.isNodeStyle ? value : (made.event ?? enter())) || hasThrown; },
      () => { touchListeners(world, target, type, 'write'); state.onCount?.(type, list.size); },
    );
    if (made.event) events.stateOf(made.event)!.isDispatched = false;
    return hasThrown;
  }

  /** An event of the platform goes to its target, the first of the path, and bubbles to the others (DOM, 2.9). Gives whether a listener has thrown. */
  function dispatchAlong(path: readonly object[], event: EventObject): boolean {
    let hasThrown = false;
    for (const target of path) if (!event.cancelBubble) hasThrown = dispatch(target, event.type, event, () => event, path[0]) || hasThrown;
    return hasThrown;
  }

  /** As Node does, the event is over for `currentTarget` as soon as the first listener has returned. Gives whether it has thrown. */
  function callOne(target: object, listener: Listener, argument: unknown): boolean {
    try {
      const result = listener.call(target, argument);
      if (!listener.isNodeStyle) events.stateOf(argument)!.isDispatched = false;
      reportRejection(result);
      return false;
    } catch (error) {
      if (isAbort(error)) throw error;
      report(error);
      return true;
    }
  }

  function reportRejection(result: unknown): void {
    const then: unknown = result === undefined || result === null ? undefined : (result as { then?: unknown }).then;
    if (typeof then === 'function') Reflect.apply(then, result, [undefined, report]);
  }

  function report(error: unknown): void {
    timers.nextTick(() => {
      throw error;
    });
  }

  /** An object's `handleEvent` is looked up at each call, and called from an async function. */
  function caller(listener: unknown): (target: object, argument: unknown) => unknown {
    if (typeof listener === 'function') return (target, argument) => Reflect.apply(listener as Callback, target, [argument]) as unknown;
    return (_target, argument) => new Promise<void>((resolve, reject) => {
      const { handleEvent } = listener as { handleEvent?: unknown };
      if (handleEvent) Promise.resolve(Reflect.apply(handleEvent as Callback, listener, [argument])).then(() => resolve(), reject);
      else resolve();
    });
  }

  class NodeEventTarget extends EventTarget {
    static defaultMaxListeners = 10;

    on(type: unknown, listener: unknown): this {
      this.addEventListener(type, listener, { [nodeStyle]: true });
      return this;
    }

    addListener(type: unknown, listener: unknown): this {
      return this.on(type, listener);
    }

    once(type: unknown, listener: unknown): this {
      this.addEventListener(type, listener, { once: true, [nodeStyle]: true });
      return this;
    }

    off(type: unknown, listener: unknown, options?: Options): this {
      this.removeEventListener(type, listener, options);
      return this;
    }

    removeListener(type: unknown, listener: unknown, options?: Options): this {
      return this.off(type, listener, options);
    }

    removeAllListeners(type?: unknown): this {
      const { lists } = required(this);
      touchListeners(world, this, type === undefined ? '*' : String(type), 'write');
      if (type === undefined) lists.clear();
      else lists.delete(String(type));
      return this;
    }

    emit(type: unknown, value: unknown): boolean {
      if (typeof type !== 'string') throw invalidArgument('type', 'of type string', type);
      const hadListeners = this.listenerCount(type) > 0;
      dispatch(this, type, value, () => new events.CustomEvent(type, { detail: value }));
      return hadListeners;
    }

    eventNames(): string[] {
      touchListeners(world, this, '*', 'read');
      return [...required(this).lists.keys()];
    }

    listenerCount(type: unknown): number {
      touchListeners(world, this, String(type), 'read');
      return required(this).lists.get(String(type))?.size ?? 0;
    }

    setMaxListeners(): this { return this; }
    getMaxListeners(): number { return NodeEventTarget.defaultMaxListeners; }
  }
  name(NodeEventTarget, 'EventTarget');

  /** Defines the attribute `on…` of a class of event targets. */
  function defineHandler(Class: { readonly prototype: object }, type: string): void {
    Object.defineProperty(Class.prototype, `on${type}`, {
      get(this: object) {
        touchListeners(world, this, type, 'read');
        return required(this).handlers.get(type)?.handler ?? null;
      },
      set(this: EventTarget, value: unknown) { setHandler(this, required(this), type, value); },
      configurable: true, enumerable: true,
    });
  }

  function setHandler(target: EventTarget, state: TargetState, type: string, value: unknown): void {
    touchListeners(world, target, type, 'write');
    const known = state.handlers.get(type);
    if (known === undefined) {
      const created = handlerOf(value);
      state.handlers.set(type, created);
      target.addEventListener(type, created);
      return;
    }
    const list = listOf(state, type);
    for (const [isThere, by] of [[typeof known.handler === 'function', -1], [typeof value === 'function', 1]] as const) {
      if (!isThere) continue;
      list.size += by;
      state.onCount?.(type, list.size);
    }
    known.handler = value;
  }

  return {
    EventTarget, NodeEventTarget, dispatch, dispatchAlong, defineHandler,
    isTarget: (value: unknown): value is InstanceType<typeof EventTarget> => typeof value === 'object' && value !== null && stateOf(value) !== undefined,
    watch: (target: object, onCount: (type: string, size: number) => void): void => { required(target).onCount = onCount; },
    listenersOf: (target: object, type: string): unknown[] => required(target).lists.get(type)?.registered() ?? [],
  };
}

function listOf({ lists }: TargetState, type: string): ListenerList {
  let list = lists.get(type);
  if (list === undefined) lists.set(type, (list = new ListenerList()));
  return list;
}

function removed(state: TargetState, type: string, list: ListenerList): void {
  if (list.size === 0) state.lists.delete(type);
  state.onCount?.(type, list.size);
}

function handlerOf(value: unknown): EventHandler {
  const call = function (this: unknown, event: unknown): unknown {
    return typeof call.handler === 'function' ? (Reflect.apply(call.handler as Callback, this, [event]) as unknown) : undefined;
  } as EventHandler;
  call.handler = value;
  return call;
}

/** `null` and `undefined` are passed over; what is neither function nor object is refused. */
function isListener(listener: unknown): boolean {
  if (typeof listener === 'function' || (typeof listener === 'object' && listener !== null)) return true;
  if (listener === undefined || listener === null) return false;
  throw invalidArgument('listener', 'an instance of EventListener', listener);
}
