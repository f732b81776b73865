import type { createAsyncHelpers } from '../../runtime/async.js';
import { abortError, invalidArgument, nodeError, requireSignal } from './errors.js';
import { ownLastingListener, ownListener } from './event-target.js';
import type { EventsWorld } from './world.js';

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: string, listener: () => void, options: object): void;
  removeEventListener(type: string, listener: () => void): void;
}

interface Options {
  readonly signal?: Signal;
  readonly ref?: boolean;
}

/** How the two kinds of delay are begun and given up. */
interface Delay {
  begin(run: () => void): unknown;
  clear(handle: unknown): void;
}

/** `timers/promises` of Node 20, to the tick. */
export function createTimersPromises(world: EventsWorld, helpers: Pick<ReturnType<typeof createAsyncHelpers>, '__asyncGenerator' | '__await'>) {
  const { timers, Promise } = world;

  function wait(delay: Delay, value: unknown, options: Options, check: () => void): Promise<unknown> {
    try {
      check();
      requireOptions(options);
    } catch (error) {
      return Promise.reject(error as Error);
    }
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(abortError(signal.reason));
    let onAbort: (() => void) | undefined;
    const result = new Promise<unknown>((resolve, reject) => {
      let isDone = false;
      const handle = delay.begin(() => { isDone = true; resolve(value); });
      if (!signal) return;
      onAbort = () => {
        if (isDone) return;
        isDone = true;
        delay.clear(handle);
        reject(abortError(signal.reason));
      };
      signal.addEventListener('abort', onAbort, ownLastingListener);
    });
    return onAbort ? finallyOf(result, () => signal!.removeEventListener('abort', onAbort!)) : result;
  }

  /** As Node guards it against changed prototypes, at the price of some ticks. */
  function finallyOf(promise: Promise<unknown>, run: () => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      new Promise<unknown>((inner, fail) => void promise.then(inner, fail)).finally(run).then(resolve, reject);
    });
  }

  function setTimeout(delay?: unknown, value?: unknown, options: Options = {}): Promise<unknown> {
    return wait({ begin: (run) => timers.setTimeout(run, delay), clear: timers.clearTimeout }, value, options, () => requireDelay(delay));
  }

  function setImmediate(value?: unknown, options: Options = {}): Promise<unknown> {
    return wait({ begin: timers.setImmediate, clear: timers.clearImmediate }, value, options, () => undefined);
  }

  function setInterval(delay?: unknown, value?: unknown, options: Options = {}): AsyncGenerator {
    const { __asyncGenerator, __await } = helpers;
    return __asyncGenerator(undefined, [], function* () {
      requireDelay(delay);
      requireOptions(options);
      const { signal } = options;
      if (signal?.aborted) throw abortError(signal.reason);
      const firings = new Firings();
      const interval = timers.setInterval(() => firings.fired(), delay);
      const onAbort = (): void => {
        timers.clearInterval(interval);
        firings.resume(() => Promise.reject(abortError(signal!.reason)));
      };
      try {
        signal?.addEventListener('abort', onAbort, ownListener);
        while (!signal?.aborted) {
          if (firings.count === 0) yield __await(new Promise((resolve) => { firings.waiting = resolve; }));
          for (; firings.count > 0; firings.count--) yield yield __await(value);
        }
        throw abortError(signal.reason);
      } finally {
        timers.clearInterval(interval);
        signal?.removeEventListener('abort', onAbort);
      }
    });
  }

  const scheduler = Object.freeze({
    wait: (delay: unknown, options?: Options) => setTimeout(delay, undefined, options),
    yield: () => setImmediate(),
  });
  return { __esModule: true, setTimeout, setImmediate, setInterval, scheduler, default: { setTimeout, setImmediate, setInterval, scheduler } };
}

/** Firings of an interval that its iterator has not given yet. */
class Firings {
  count = 0;
  waiting: ((value?: unknown) => void) | undefined;

  fired(): void {
    this.count++;
    this.resume(() => undefined);
  }

  resume(value: () => unknown): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.(value());
  }
}

function requireDelay(delay: unknown): void {
  if (delay !== undefined && typeof delay !== 'number') throw invalidArgument('delay', 'of type number', delay);
}

function requireOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) throw invalidArgument('options', 'of type object', options);
  const { signal, ref } = options as Options;
  requireSignal('options.signal', signal);
  if (ref !== undefined && typeof ref !== 'boolean') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "options.ref" property must be of type boolean.');
}
