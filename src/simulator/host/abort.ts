import { DOMException, invalidArgument, nodeError } from './events/errors.js';
import { name, type Events } from './events/event.js';
import type { EventTargets } from './events/event-target.js';
import type { EventsWorld } from './events/world.js';

interface SignalState {
  isAborted: boolean;
  reason: unknown;
  /** Signals that `any` made of this one and others, in that order. */
  readonly dependants: Set<object>;
  /** What a signal of `any` follows; undefined for every other. */
  readonly sources: Set<object> | undefined;
}

/** `AbortController` and `AbortSignal` (DOM, 3.1 and 3.2) over virtual timers. */
export function createAbort(world: EventsWorld, events: Events, { EventTarget, defineHandler }: EventTargets) {
  const { loop, timers } = world;
  const states = new WeakMap<object, SignalState>();
  const isOurs = Symbol('made by the platform');

  class AbortSignal extends EventTarget {
    constructor(key?: unknown) {
      if (key !== isOurs) throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
      super();
    }

    get aborted(): boolean {
      return stateOf(this, 'aborted').isAborted;
    }

    get reason(): unknown {
      return stateOf(this, 'reason').reason;
    }

    throwIfAborted(): void {
      const { isAborted, reason } = stateOf(this, 'aborted');
      if (isAborted) throw reason;
    }

    static abort(reason?: unknown): AbortSignal {
      return signal({ isAborted: true, reason: reasonOr(reason) });
    }

    static timeout(milliseconds: unknown): AbortSignal {
      if (typeof milliseconds !== 'number') throw invalidArgument('delay', 'of type number', milliseconds);
      const created = signal();
      timers.setTimeout(() => abort(created, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), milliseconds);
      return created;
    }

    static any(signals: readonly AbortSignal[]): AbortSignal {
      if (!Array.isArray(signals)) throw invalidArgument('signals', 'an instance of Array', signals);
      const sources = new Set<object>();
      const result = signal({ sources });
      for (const source of signals as readonly AbortSignal[]) {
        const { isAborted, reason } = stateOf(source, 'aborted');
        if (isAborted) {
          abort(result, reason);
          return result;
        }
        for (const followed of states.get(source)!.sources ?? [source]) follow(result, followed, sources);
      }
      return result;
    }
  }
  name(AbortSignal, 'AbortSignal');
  defineHandler(AbortSignal, 'abort');

  function follow(result: object, source: object, sources: Set<object>): void {
    if (sources.has(source)) return;
    sources.add(source);
    loop.touch(loop.identity.of(source), 'dependants', 'write');
    states.get(source)!.dependants.add(result);
  }

  function signal(init: Partial<SignalState> = {}): AbortSignal {
    const created = new AbortSignal(isOurs);
    states.set(created, { isAborted: false, reason: undefined, dependants: new Set(), sources: undefined, ...init });
    return created;
  }

  function stateOf(target: object, key: 'aborted' | 'reason'): SignalState {
    const state = states.get(target);
    if (state === undefined) throw nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type AbortSignal');
    loop.touch(loop.identity.of(target), key, 'read');
    return state;
  }

  /** The signal's own listeners run before those that depend on it are aborted, as in Node 20. */
  function abort(target: InstanceType<typeof EventTarget>, reason: unknown): void {
    const state = states.get(target)!;
    const identity = loop.identity.of(target);
    loop.touch(identity, 'aborted', 'read');
    if (state.isAborted) return;
    for (const key of ['aborted', 'reason']) loop.touch(identity, key, 'write');
    loop.touch(identity, 'dependants', 'read');
    state.isAborted = true;
    state.reason = reason;
    target.dispatchEvent(events.trustedEvent('abort'));
    for (const dependant of state.dependants) abort(dependant as typeof target, reason);
  }

  class AbortController {
    /** Made at once, so that it is the same object to footprints whoever asks for it first. */
    readonly #signal = signal();

    get signal(): AbortSignal {
      return this.#signal;
    }

    abort(reason?: unknown): void {
      abort(this.signal, reasonOr(reason));
    }
  }
  name(AbortController, 'AbortController');

  return { AbortController, AbortSignal };
}

function reasonOr(reason: unknown): unknown {
  return reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
}
