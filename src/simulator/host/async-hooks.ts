import type { Stores } from '../runtime/jobs.js';
import { nodeError, requireFunction } from './events/errors.js';
import type { PlatformWorld } from './platform.js';

type Callback = (...args: unknown[]) => unknown;

/**
 * `async_hooks` as far as it carries values: every job, timer and event takes along what the storages held where it was made (invariant 6 of the
 * loop). Hooks themselves, and the ids of asynchronous operations, are not simulated.
 */
export function createAsyncHooks({ loop }: PlatformWorld): object {
  /** Runs with these stores, and gives back what was held before, whatever is entered in between. */
  function within(stores: Stores, run: Callback, self: unknown, args: unknown[]): unknown {
    return loop.runAs(loop.task, () => Reflect.apply(run, self, args), { stores });
  }

  function bound(run: unknown, self: unknown, isFixed: boolean): Callback {
    requireFunction('fn', run);
    const { stores } = loop;
    const made = function (this: unknown, ...args: unknown[]): unknown { return within(stores, run as Callback, isFixed ? self : this, args); };
    return Object.defineProperty(made, 'length', { value: (run as Callback).length, configurable: true });
  }

  class AsyncLocalStorage {
    #isDisabled = false;

    constructor() {
      loop.identity.born(this);
    }

    static bind(run: unknown): Callback {
      return bound(run, undefined, false);
    }

    static snapshot(): Callback {
      const { stores } = loop;
      return (run, ...args) => within(stores, run as Callback, undefined, args);
    }

    getStore(): unknown {
      this.#touch('read');
      return this.#isDisabled ? undefined : loop.stores?.get(this);
    }

    enterWith(store: unknown): void {
      this.#enable();
      loop.stores = new Map([...(loop.stores ?? []), [this, store]]);
    }

    run(store: unknown, callback: Callback, ...args: unknown[]): unknown {
      if (Object.is(store, this.getStore()) && !this.#isDisabled) return Reflect.apply(callback, undefined, args);
      this.#enable();
      return within(new Map([...(loop.stores ?? []), [this, store]]), callback, undefined, args);
    }

    exit(callback: Callback, ...args: unknown[]): unknown {
      return within(new Map([...(loop.stores ?? [])].filter(([storage]) => storage !== this)), callback, undefined, args);
    }

    disable(): void {
      this.#touch('write');
      this.#isDisabled = true;
      if (loop.stores?.has(this)) loop.stores = new Map([...loop.stores].filter(([storage]) => storage !== this));
    }

    /** What was held before it was disabled is gone; Node has it again, as long as the code that had it runs on. */
    #enable(): void {
      this.#touch('read');
      if (!this.#isDisabled) return;
      this.#touch('write');
      this.#isDisabled = false;
    }

    #touch(kind: 'read' | 'write'): void {
      loop.touch(loop.identity.of(this), 'is disabled', kind);
    }
  }

  class AsyncResource {
    readonly #stores = loop.stores;

    constructor(type: unknown) {
      if (typeof type !== 'string') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "type" argument must be of type string.${type === undefined ? ' Received undefined' : ''}`);
    }

    static bind(run: unknown, _type?: unknown, ...self: unknown[]): Callback {
      return bound(run, self[0], self.length > 0);
    }

    runInAsyncScope(run: Callback, self?: unknown, ...args: unknown[]): unknown {
      return within(this.#stores, run, self, args);
    }

    bind(run: unknown, ...self: unknown[]): Callback {
      requireFunction('fn', run);
      const stores = this.#stores;
      const made = function (this: unknown, ...args: unknown[]): unknown { return within(stores, run as Callback, self.length > 0 ? self[0] : this, args); };
      return Object.defineProperty(made, 'length', { value: (run as Callback).length, configurable: true });
    }

    emitDestroy(): this {
      return this;
    }

    asyncId(): never { return notSimulated('AsyncResource.asyncId'); }
    triggerAsyncId(): never { return notSimulated('AsyncResource.triggerAsyncId'); }
  }

  const refused = Object.fromEntries(['createHook', 'executionAsyncId', 'executionAsyncResource', 'triggerAsyncId'].map((name) => [name, () => notSimulated(`async_hooks.${name}`)]));
  return { AsyncLocalStorage, AsyncResource, ...refused };
}

function notSimulated(what: string): never {
  throw new Error(`${what} is not simulated`);
}
