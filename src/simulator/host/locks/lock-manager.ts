import type { AgentHost } from '../../agents/operations.js';
import { isAbort, type EventLoop } from '../../runtime/loop.js';
import type { OpaqueValues } from '../../runtime/opaque.js';
import type { EventsModel } from '../events/index.js';
import { DOMException } from '../events/errors.js';
import { name } from '../events/event.js';
import type { LockMode } from './lock-queue.js';
import { lockKind, scopeOf, type LockNews, type RequestPayload } from './locks.js';
import { requestOf, type LockRequest } from './request-arguments.js';

/** Of requests and queries: where they are told what comes of them. */
const address = 'lock request';

export interface LocksWorld {
  readonly host: AgentHost;
  readonly loop: EventLoop;
  readonly opaque: OpaqueValues;
  readonly Promise: PromiseConstructor;
  readonly events: EventsModel;
  /** Of the process at hand: locks are shared by its threads. */
  readonly pid: number;
}

/** Made in several turns, so it is no promise's executor that settles it. */
interface Settling {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** `navigator.locks` of one agent (Web Locks API, section 3), in the order of Chromium. */
export function createLockManager(world: LocksWorld): object {
  const { host, loop, Promise } = world;
  const scope = scopeOf(world.pid);
  const isOurs = Symbol('made by the platform');
  const illegal = (title: string) => new TypeError(`Failed to construct '${title}': Illegal constructor`);

  class Lock {
    readonly #name: string;
    readonly #mode: LockMode;

    constructor(key: unknown, lock = '', mode: LockMode = 'exclusive') {
      if (key !== isOurs) throw illegal('Lock');
      this.#name = lock;
      this.#mode = mode;
    }

    get name(): string { return this.#name; }
    get mode(): LockMode { return this.#mode; }
  }
  name(Lock, 'Lock');

  class LockManager {
    constructor(key: unknown) {
      if (key !== isOurs) throw illegal('LockManager');
    }

    request(...args: readonly [unknown, unknown, unknown?]): unknown {
      return new Promise((resolve, reject) => {
        if (this !== manager) throw new TypeError("Failed to execute 'request' on 'LockManager': Illegal invocation");
        const request = requestOf(args, world);
        if (request.signal?.aborted === true) reject(request.signal.reason);
        else new Request(request, { resolve, reject });
      });
    }

    query(): unknown {
      return new Promise((resolve) => {
        const id = host.identify(address);
        host.onInput(id, (news) => {
          const { held, pending } = news as Extract<LockNews, { readonly kind: 'snapshot' }>;
          resolve({ held: held.map((info) => ({ ...info })), pending: pending.map((info) => ({ ...info })) });
        });
        host.perform({ kind: 'shared', site: host.site, object: lockKind, method: 'query', payload: { id, scope }, name: 'locks' });
      });
    }
  }
  Object.defineProperty(LockManager.prototype.request, 'length', { value: 2 });
  name(LockManager, 'LockManager');

  /** One call of `request`, until its promise is settled. */
  class Request {
    readonly #id = host.identify(address);
    readonly #request: LockRequest;
    readonly #released: Settling;
    readonly #object: string;
    /** Nobody waits for what was given up. */
    #settle: () => void = () => undefined;

    constructor(request: LockRequest, released: Settling) {
      this.#request = request;
      this.#released = released;
      this.#object = `${scope}${request.name}`;
      host.onInput(this.#id, loop.bind((news: unknown) => this.#told((news as LockNews).kind)));
      request.signal?.addEventListener('abort', this.#abort);
      const { mode, how } = request;
      this.#call('request', { id: this.#id, task: loop.task, mode, clientId: host.agent, site: host.site, how } satisfies RequestPayload);
    }

    readonly #abort = (): void => {
      this.#call('withdraw', { id: this.#id });
      this.#released.reject(this.#request.signal!.reason);
    };

    #told(news: LockNews['kind']): void {
      const { signal, name: lock, mode } = this.#request;
      if (news === 'released') this.#settle();
      else if (news === 'stolen') this.#released.reject(new DOMException("Lock broken by another request with the 'steal' option.", 'AbortError'));
      else if (news === 'unavailable') this.#released.resolve(this.#run(null));
      else if (signal?.aborted === true) this.#release();
      else {
        signal?.removeEventListener('abort', this.#abort);
        this.#hold(Promise.resolve(this.#run(new Lock(isOurs, lock, mode))));
      }
    }

    /** The lock is held until what the callback gives is settled, and that is told when the lock is released. */
    #hold(waiting: Promise<unknown>): void {
      const { resolve, reject } = this.#released;
      const settled = (settle: (value: unknown) => void) => (value: unknown): void => {
        this.#settle = () => settle(value);
        this.#release();
      };
      waiting.then(settled(resolve), settled(reject));
    }

    /** What the callback gives; an error is a promise that is rejected. */
    #run(lock: Lock | null): unknown {
      try {
        return Reflect.apply(this.#request.callback, undefined, [lock]);
      } catch (error) {
        if (isAbort(error)) throw error;
        return Promise.reject(error);
      }
    }

    #release(): void {
      this.#call('release', { id: this.#id });
    }

    #call(method: string, payload: object): void {
      host.perform({ kind: 'shared', site: host.site, object: this.#object, method, payload, name: this.#object });
    }
  }

  const manager = new LockManager(isOurs);
  return manager;
}
