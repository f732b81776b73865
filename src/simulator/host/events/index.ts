import { createAbort } from '../abort.js';
import { createEmitters, captureRejectionSymbol, errorMonitor, type EmitterConstructor, type Emitters } from './emitter.js';
import { DOMException, invalidArgument, nodeError } from './errors.js';
import { createEventClasses } from './event.js';
import { createEventTargets, type EventTargets } from './event-target.js';
import { createOnceAndOn } from './once-and-on.js';
import type { EventsWorld } from './world.js';

export { createProcessEvents, type OwnProcess, type ProcessEvents } from './process-events.js';
export type { EventsWorld } from './world.js';

export type EventsModel = ReturnType<typeof createEvents>;

/** Events of the web and of Node for one execution: the global names, and the module `events`. */
export function createEvents(world: EventsWorld) {
  const events = createEventClasses(world);
  const targets = createEventTargets(world, events);
  const emitters = createEmitters(world);
  const abort = createAbort(world, events, targets);
  const { Event, CustomEvent } = events;
  return {
    events, targets, emitters, abort,
    globals: { Event, CustomEvent, EventTarget: targets.EventTarget, DOMException, AbortController: abort.AbortController, AbortSignal: abort.AbortSignal },
    module: eventsModule(world, targets, emitters),
  };
}

/** The module is the class `EventEmitter` itself, with all else as its properties. */
function eventsModule(world: EventsWorld, targets: EventTargets, { EventEmitter, defaults }: Emitters): EmitterConstructor {
  const listenersOf = (source: { listeners?: (type: PropertyKey) => unknown[] }, type: PropertyKey): unknown[] => {
    if (typeof source.listeners === 'function') return source.listeners(type);
    if (targets.isTarget(source)) return targets.listenersOf(source, String(type));
    throw invalidArgument('emitter', 'an instance of EventEmitter or EventTarget', source);
  };
  const members = {
    ...createOnceAndOn(world),
    EventEmitter, default: EventEmitter, errorMonitor, captureRejectionSymbol, usingDomains: false,
    getEventListeners: listenersOf,
    getMaxListeners: (source: { getMaxListeners?: () => number }) => source.getMaxListeners?.() ?? defaults.maxListeners,
    setMaxListeners: (count: number = defaults.maxListeners, ...sources: readonly { setMaxListeners?: (count: number) => unknown }[]) => {
      if (sources.length === 0) defaults.maxListeners = count;
      for (const source of sources) source.setMaxListeners?.(count);
    },
    listenerCount: (emitter: object, type: PropertyKey) => {
      const { listenerCount } = emitter as { listenerCount?: unknown };
      return Reflect.apply((typeof listenerCount === 'function' ? listenerCount : EventEmitter.prototype.listenerCount) as () => number, emitter, [type]);
    },
  };
  Object.assign(EventEmitter, members);
  Object.defineProperty(EventEmitter, 'captureRejections', { enumerable: true, get: () => defaults.captures, set: (value: unknown) => {
    if (typeof value !== 'boolean') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "EventEmitter.captureRejections" property must be of type boolean.');
    defaults.captures = value;
  } });
  Object.defineProperty(EventEmitter, 'defaultMaxListeners', { enumerable: true, get: () => defaults.maxListeners, set: (value: number) => { defaults.maxListeners = value; } });
  // Default and namespace imports both find their way.
  Object.defineProperty(EventEmitter, '__esModule', { value: true });
  return EventEmitter;
}
