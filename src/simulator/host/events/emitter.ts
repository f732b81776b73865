import { isAbort } from '../../runtime/loop-abort.js';
import { nodeError, requireFunction } from './errors.js';
import { inspectBriefly } from './inspect.js';
import { touchListeners, type EventsWorld } from './world.js';

export type Handler = ((...args: unknown[]) => unknown) & { listener?: Handler };
type Lists = Record<PropertyKey, Handler[] | undefined>;

/** What an emitter keeps. Objects become emitters in many ways (subclasses, `call`, mixins), so it hangs on them from outside. */
interface EmitterState {
  /** By type, in the order of objects' keys, which `eventNames` shows. Never an empty list. */
  lists: Lists;
  /** Undefined where no constructor ran: then the default of the moment counts. */
  captures: boolean | undefined;
  maxListeners: number | undefined;
}

export interface Emitter {
  on(type: PropertyKey, listener: Handler): Emitter;
  once(type: PropertyKey, listener: Handler): Emitter;
  emit(type: PropertyKey, ...args: unknown[]): boolean;
  removeListener(type: PropertyKey, listener: Handler): Emitter;
  listenerCount(type: PropertyKey, listener?: unknown): number;
}

export interface EmitterConstructor {
  new (options?: { captureRejections?: unknown }): Emitter;
  (this: object, options?: { captureRejections?: unknown }): void;
  readonly prototype: Emitter;
}

export const errorMonitor = Symbol('events.errorMonitor');
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');

export type Emitters = ReturnType<typeof createEmitters>;

/** `EventEmitter` of Node 20: a function of the old kind, as programs call and mix it in. Footprints: see `touchListeners`. */
export function createEmitters(world: EventsWorld) {
  const { loop, timers } = world;
  const states = new WeakMap<object, EmitterState>();
  const defaults = { captures: false, maxListeners: 10 };

  function EventEmitter(this: object, options?: { captureRejections?: unknown }): void {
    loop.identity.born(this);
    const captures = options?.captureRejections;
    if (captures !== undefined && typeof captures !== 'boolean' && captures) throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "options.captureRejections" property must be of type boolean.');
    states.set(this, { lists: emptyLists(), captures: captures ? true : defaults.captures, maxListeners: undefined });
  }

  function stateOf(emitter: object): EmitterState {
    let state = states.get(emitter);
    if (state === undefined) states.set(emitter, (state = { lists: emptyLists(), captures: undefined, maxListeners: undefined }));
    return state;
  }

  function add(emitter: Emitter, type: PropertyKey, listener: Handler, isFirst: boolean): Emitter {
    requireFunction('listener', listener);
    const state = stateOf(emitter);
    touchListeners(world, emitter, type, 'write');
    touchListeners(world, emitter, 'newListener', 'read');
    if (state.lists['newListener'] !== undefined) emitter.emit('newListener', type, listener.listener ?? listener);
    const list = (state.lists[type] ??= []);
    if (isFirst) list.unshift(listener);
    else list.push(listener);
    return emitter;
  }

  function once(emitter: Emitter, type: PropertyKey, listener: Handler): Handler {
    requireFunction('listener', listener);
    let isFired = false;
    const wrapper: Handler = function (...args) {
      if (isFired) return undefined;
      emitter.removeListener(type, wrapper);
      isFired = true;
      return Reflect.apply(listener, emitter, args);
    };
    wrapper.listener = listener;
    return wrapper;
  }

  function remove(emitter: Emitter, type: PropertyKey, listener: Handler): void {
    requireFunction('listener', listener);
    touchListeners(world, emitter, type, 'write');
    touchListeners(world, emitter, 'removeListener', 'read');
    const { lists } = stateOf(emitter);
    const list = lists[type];
    const place = list?.findLastIndex((known) => known === listener || known.listener === listener) ?? -1;
    if (list === undefined || place < 0) return;
    // The only listener is named as it was given to `once`; Node does so for no other.
    const told = list.length === 1 ? (list[0]!.listener ?? listener) : listener;
    if (list.length === 1) Reflect.deleteProperty(lists, type);
    else list.splice(place, 1);
    if (lists['removeListener'] !== undefined) emitter.emit('removeListener', type, told);
  }

  function removeAll(emitter: Emitter & { removeAllListeners(type: PropertyKey): void }, types: PropertyKey[]): void {
    const state = stateOf(emitter);
    touchListeners(world, emitter, types.length === 0 ? '*' : types[0]!, 'write');
    if (state.lists['removeListener'] === undefined) {
      if (types.length === 0) state.lists = emptyLists();
      else Reflect.deleteProperty(state.lists, types[0]!);
    } else if (types.length === 0) {
      for (const type of Reflect.ownKeys(state.lists)) if (type !== 'removeListener') emitter.removeAllListeners(type);
      emitter.removeAllListeners('removeListener');
      state.lists = emptyLists();
    } else for (const listener of [...(state.lists[types[0]!] ?? [])].reverse()) emitter.removeListener(types[0]!, listener);
  }

  function emit(emitter: Emitter, type: PropertyKey, args: unknown[]): boolean {
    const { lists } = stateOf(emitter);
    touchListeners(world, emitter, type, 'read');
    if (type === 'error') {
      if (lists[errorMonitor] !== undefined) emitter.emit(errorMonitor, ...args);
      if (lists['error'] === undefined) throw unhandledError(args);
    }
    const list = lists[type];
    if (list === undefined) return false;
    for (const listener of [...list]) captureRejection(emitter, Reflect.apply(listener, emitter, args), type, args);
    return true;
  }

  function captureRejection(emitter: Emitter, result: unknown, type: PropertyKey, args: unknown[]): void {
    if (result === undefined || result === null || !(stateOf(emitter).captures ?? defaults.captures)) return;
    try {
      const { then } = result as { then?: unknown };
      if (typeof then === 'function') Reflect.apply(then, result, [undefined, (error: unknown) => timers.nextTick(() => rejected(emitter, error, type, args))]);
    } catch (error) {
      if (isAbort(error)) throw error;
      emitter.emit('error', error);
    }
  }

  /** What an `error` listener returns is not captured again. */
  function rejected(emitter: Emitter & { [captureRejectionSymbol]?: unknown }, error: unknown, type: PropertyKey, args: unknown[]): void {
    const handler = emitter[captureRejectionSymbol];
    if (typeof handler === 'function') {
      Reflect.apply(handler, emitter, [error, type, ...args]);
      return;
    }
    const state = stateOf(emitter);
    const before = state.captures;
    try {
      state.captures = false;
      emitter.emit('error', error);
    } finally {
      state.captures = before;
    }
  }

  function listeners(emitter: object, type: PropertyKey): readonly Handler[] {
    touchListeners(world, emitter, type, 'read');
    return stateOf(emitter).lists[type] ?? [];
  }

  Object.assign(EventEmitter.prototype as object, {
    on(this: Emitter, type: PropertyKey, listener: Handler) { return add(this, type, listener, false); },
    prependListener(this: Emitter, type: PropertyKey, listener: Handler) { return add(this, type, listener, true); },
    once(this: Emitter, type: PropertyKey, listener: Handler) { return this.on(type, once(this, type, listener)); },
    prependOnceListener(this: Emitter & { prependListener: Emitter['on'] }, type: PropertyKey, listener: Handler) { return this.prependListener(type, once(this, type, listener)); },
    removeListener(this: Emitter, type: PropertyKey, listener: Handler) { remove(this, type, listener); return this; },
    removeAllListeners(this: Emitter & { removeAllListeners(type: PropertyKey): void }, ...types: PropertyKey[]) { removeAll(this, types); return this; },
    emit(this: Emitter, type: PropertyKey, ...args: unknown[]) { return emit(this, type, args); },
    listeners(this: Emitter, type: PropertyKey) { return listeners(this, type).map((listener) => listener.listener ?? listener); },
    rawListeners(this: Emitter, type: PropertyKey) { return [...listeners(this, type)]; },
    listenerCount(this: Emitter, type: PropertyKey, listener?: unknown) {
      return listeners(this, type).filter((known) => listener === undefined || listener === null || known === listener || known.listener === listener).length;
    },
    eventNames(this: Emitter) { touchListeners(world, this, '*', 'read'); return Reflect.ownKeys(stateOf(this).lists); },
    setMaxListeners(this: Emitter, count: number) { stateOf(this).maxListeners = count; return this; },
    getMaxListeners(this: Emitter) { return stateOf(this).maxListeners ?? defaults.maxListeners; },
  });
  const prototype = EventEmitter.prototype as Record<string, unknown>;
  prototype['addListener'] = prototype['on'];
  prototype['off'] = prototype['removeListener'];

  return { EventEmitter: EventEmitter as unknown as EmitterConstructor, defaults };
}

function emptyLists(): Lists {
  return Object.create(null) as Lists;
}

function unhandledError(args: readonly unknown[]): unknown {
  const [error] = args;
  if (error instanceof Error) return error;
  return Object.assign(nodeError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${inspectBriefly(error)})`), { context: error });
}
