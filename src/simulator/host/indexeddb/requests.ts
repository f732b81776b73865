import type { AgentHost } from '../../agents/operations.js';
import type { EventLoop } from '../../runtime/loop.js';
import type { OpaqueValues } from '../../runtime/opaque.js';
import type { EventsModel } from '../events/index.js';
import { DOMException } from '../events/errors.js';
import { name } from '../events/event.js';
import type { CloneRealm } from '../messages/index.js';

export interface IndexedDbWorld {
  readonly host: AgentHost;
  readonly loop: EventLoop;
  readonly opaque: OpaqueValues;
  readonly events: EventsModel;
  readonly realm: CloneRealm;
}

/** What comes of a request. */
export type Settled = { readonly result: unknown } | { readonly error: Error };

interface RequestState {
  readonly source: object | null;
  transaction: object | null;
  settled: Settled | undefined;
}

export type Requests = ReturnType<typeof createRequests>;
export type OpenRequest = InstanceType<Requests['IDBOpenDBRequest']>;
export type Request = InstanceType<Requests['IDBRequest']>;

/** The constructors of the platform's objects say so to whoever has not got this. */
export const ours = Symbol('made by the platform');

export function requireOurs(key: unknown, title: string): void {
  if (key !== ours) throw new TypeError(`Failed to construct '${title}': Illegal constructor`);
}

/** @throws TypeError if there are fewer arguments (Web IDL, 3.6). */
export function requireCount(given: readonly unknown[], least: number, method: string): void {
  if (given.length < least) throw new TypeError(`Failed to execute ${method}: ${least} argument${least === 1 ? '' : 's'} required, but only ${given.length} present.`);
}

export function failure(error: string, message: string): Error {
  return new DOMException(message, error);
}

/** `IDBRequest` and `IDBOpenDBRequest` (Indexed Database API, 4.2), and the events of versions. */
export function createRequests({ loop, events: { targets, events } }: Pick<IndexedDbWorld, 'loop' | 'events'>) {
  const states = new WeakMap<object, RequestState>();
  const stateOf = (request: object, kind: 'read' | 'write' = 'read'): RequestState => {
    const state = states.get(request);
    if (!state) throw new TypeError('Illegal invocation');
    loop.touch(loop.identity.of(request), 'state', kind);
    return state;
  };
  const settledOf = (request: object, what: string): Settled => {
    const { settled } = stateOf(request);
    if (!settled) throw failure('InvalidStateError', `Failed to read the '${what}' property from 'IDBRequest': The request has not finished.`);
    return settled;
  };

  class IDBRequest extends targets.EventTarget {
    constructor(key: unknown, source: object | null = null, transaction: object | null = null) {
      requireOurs(key, 'IDBRequest');
      super();
      states.set(this, { source, transaction, settled: undefined });
    }

    get result(): unknown {
      const settled = settledOf(this, 'result');
      return 'result' in settled ? settled.result : undefined;
    }

    get error(): Error | null {
      const settled = settledOf(this, 'error');
      return 'error' in settled ? settled.error : null;
    }

    get source(): object | null { return stateOf(this).source; }
    get transaction(): object | null { return stateOf(this).transaction; }
    get readyState(): string { return stateOf(this).settled ? 'done' : 'pending'; }
  }
  name(IDBRequest, 'IDBRequest');
  for (const type of ['success', 'error']) targets.defineHandler(IDBRequest, type);

  class IDBOpenDBRequest extends IDBRequest {}
  name(IDBOpenDBRequest, 'IDBOpenDBRequest');
  for (const type of ['blocked', 'upgradeneeded']) targets.defineHandler(IDBOpenDBRequest, type);

  class IDBVersionChangeEvent extends events.Event {
    readonly #oldVersion: number;
    readonly #newVersion: number | null;

    constructor(type: string, options?: { readonly oldVersion?: number; readonly newVersion?: number | null }) {
      super(type, options as object);
      this.#oldVersion = options?.oldVersion ?? 0;
      this.#newVersion = options?.newVersion ?? null;
    }

    get oldVersion(): number { return this.#oldVersion; }
    get newVersion(): number | null { return this.#newVersion; }
  }
  name(IDBVersionChangeEvent, 'IDBVersionChangeEvent');

  return {
    IDBRequest, IDBOpenDBRequest, IDBVersionChangeEvent,
    settle: (request: IDBRequest, settled: Settled | undefined, transaction?: object | null): void => {
      const state = stateOf(request, 'write');
      state.settled = settled;
      if (transaction !== undefined) state.transaction = transaction;
    },
    /** Fires an event at the first of the path, from where an error bubbles to the others. */
    fire: (path: readonly object[], type: string, versions?: { readonly oldVersion: number; readonly newVersion: number | null }): { readonly hasThrown: boolean; readonly isPrevented: boolean } => {
      const event = versions ? new IDBVersionChangeEvent(type, versions) : new events.Event(type, { bubbles: path.length > 1, cancelable: type === 'error' });
      const hasThrown = targets.dispatchAlong(path, event);
      return { hasThrown, isPrevented: event.defaultPrevented };
    },
  };
}
