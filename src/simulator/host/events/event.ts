import { invalidArgument, missingArguments } from './errors.js';
import type { EventsWorld } from './world.js';

/** The part of an event that only its target may change. */
export interface EventState {
  type: string;
  target: object | null;
  /** Whose listeners run. */
  currentTarget: object | null;
  isDispatched: boolean;
  isStopped: boolean;
}

export interface EventInit {
  readonly bubbles?: unknown;
  readonly cancelable?: unknown;
  readonly composed?: unknown;
}

/** The platform's own events say so. */
const trusted = Symbol('trusted');

export type Events = ReturnType<typeof createEventClasses>;

/** `Event` and `CustomEvent` (DOM, section 2) as Node has them: no tree, so an event is at its target or nowhere. */
export function createEventClasses({ loop }: EventsWorld) {
  let stateOf!: (event: object) => EventState | undefined;

  class Event {
    readonly #state: EventState = { type: '', target: null, currentTarget: null, isDispatched: false, isStopped: false };
    #bubbles: boolean;
    #cancelable: boolean;
    readonly #composed: boolean;
    readonly #isTrusted: boolean;
    #isCanceled = false;
    #isPropagationStopped = false;

    static {
      stateOf = (event) => (#state in event ? event.#state : undefined);
    }

    constructor(type: string, options?: EventInit | null) {
      if (arguments.length === 0) throw missingArguments('type');
      if (options !== undefined && options !== null && typeof options !== 'object') throw invalidArgument('options', 'of type object', options);
      this.#state.type = String(type);
      this.#bubbles = Boolean(options?.bubbles);
      this.#cancelable = Boolean(options?.cancelable);
      this.#composed = Boolean(options?.composed);
      this.#isTrusted = (options as { [trusted]?: boolean } | undefined)?.[trusted] === true;
    }

    initEvent(type: string, bubbles: unknown = false, cancelable: unknown = false): void {
      if (this.#state.isDispatched) return;
      this.#state.type = String(type);
      this.#bubbles = Boolean(bubbles);
      this.#cancelable = Boolean(cancelable);
    }

    stopPropagation(): void {
      this.#isPropagationStopped = true;
    }

    stopImmediatePropagation(): void {
      this.#isPropagationStopped = true;
      this.#state.isStopped = true;
    }

    preventDefault(): void {
      this.#isCanceled = true;
    }

    composedPath(): object[] {
      return this.#state.isDispatched ? [this.#state.target!] : [];
    }

    get type(): string { return this.#state.type; }
    get target(): object | null { return this.#state.target; }
    get srcElement(): object | null { return this.#state.target; }
    get currentTarget(): object | null { return this.#state.isDispatched ? this.#state.currentTarget : null; }
    get eventPhase(): number { return this.#state.isDispatched ? 2 : 0; }
    get bubbles(): boolean { return this.#bubbles; }
    get cancelable(): boolean { return this.#cancelable; }
    get composed(): boolean { return this.#composed; }
    get isTrusted(): boolean { return this.#isTrusted; }
    get defaultPrevented(): boolean { return this.#cancelable && this.#isCanceled; }
    get returnValue(): boolean { return !this.defaultPrevented; }
    get cancelBubble(): boolean { return this.#isPropagationStopped; }
    set cancelBubble(value: boolean) { if (value) this.#isPropagationStopped = true; }

    /** The clock is looked at when it is asked for, or every event would depend on the timers; within a turn it stands still. */
    get timeStamp(): number { return loop.now(); }
  }
  name(Event, 'Event');
  for (const [value, constant] of ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].entries()) Object.defineProperty(Event, constant, { value, enumerable: true });

  class CustomEvent extends Event {
    readonly #detail: unknown;

    constructor(type: string, options?: EventInit & { readonly detail?: unknown }) {
      if (arguments.length === 0) throw missingArguments('type');
      super(type, options);
      this.#detail = options?.detail ?? null;
    }

    get detail(): unknown { return this.#detail; }
  }
  name(CustomEvent, 'CustomEvent');

  return {
    Event,
    CustomEvent,
    /** Undefined for what is no event. */
    stateOf: (value: unknown): EventState | undefined => (typeof value === 'object' && value !== null ? stateOf(value) : undefined),
    /** An event of the platform itself. */
    trustedEvent: (type: string) => new Event(type, { [trusted]: true } as EventInit),
  };
}

/** Names a class of the platform for `Object.prototype.toString`, and makes its members enumerable as Web IDL says. */
export function name(Class: { readonly prototype: object }, tag: string): void {
  for (const [key, member] of Object.entries(Object.getOwnPropertyDescriptors(Class.prototype))) if (key !== 'constructor') Object.defineProperty(Class.prototype, key, { ...member, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: tag, configurable: true });
}
