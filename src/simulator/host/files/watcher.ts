import { isAbort, type EventLoop } from '../../runtime/loop.js';
import type { AgentHost } from '../../agents/operations.js';
import type { BufferConstructor } from '../buffer/index.js';
import type { EventsModel } from '../events/index.js';
import { abortError, invalidArgument, requireFunction, requireSignal } from '../events/errors.js';
import { name as titled } from '../events/event.js';
import { optionsOf, requirePath } from './arguments.js';
import type { Kernel } from './kernel.js';
import { watchAddress, type WatchEvent } from './watches.js';

export interface WatchersWorld {
  readonly kernel: Kernel;
  readonly host: AgentHost;
  readonly loop: EventLoop;
  readonly events: EventsModel;
  readonly Buffer: BufferConstructor;
  readonly Promise: PromiseConstructor;
  nextTick(run: () => void): void;
}

type Tell = (type: string, name: unknown) => void;
type Signal = EventsModel['globals']['AbortSignal']['prototype'];

interface WatchOptions {
  readonly isPersistent: boolean;
  readonly encoding: unknown;
  readonly signal: Signal | undefined;
}

/** A watch that is open. */
interface Opened {
  close(): void;
}

/** `fs.watch` and `fs.promises.watch` of an agent. Source: lib/internal/fs/watchers.js of Node 20. */
export function createWatchers({ kernel, host, loop, events, Buffer, Promise, nextTick }: WatchersWorld) {
  /** By watch, those that are told. */
  const told = new Map<string, Set<Tell>>();
  let isListening = false;

  /** Each event is a callback with jobs of its own, and nothing else comes between those that are read together. */
  function arrived(news: unknown): void {
    for (const { watch, type, name } of news as readonly WatchEvent[]) for (const tell of told.get(watch) ?? []) loop.runMacrotask(loop.task, () => tell(type, name));
  }

  function named(name: unknown, encoding: unknown): unknown {
    if (encoding === undefined || encoding === 'utf8') return name;
    const bytes = Buffer.from(name) as { toString(encoding: unknown): string };
    return encoding === 'buffer' ? bytes : bytes.toString(encoding);
  }

  function open(path: string, { isPersistent, encoding }: WatchOptions, given: Tell): Opened {
    if (!isListening) host.onInput(watchAddress, arrived);
    isListening = true;
    const handle = kernel.identify(path);
    const tell: Tell = loop.bind((type, name) => given(type, named(name, encoding)));
    const watch = watching(() => kernel.call<{ watch: string }>('watch', { path, handle, persists: isPersistent }, { path })).watch;
    const listeners = told.get(watch) ?? new Set();
    told.set(watch, listeners.add(tell));
    return { close: () => {
      listeners.delete(tell);
      kernel.call('unwatch', { handle });
    } };
  }

  class FSWatcher extends events.emitters.EventEmitter {
    #opened: Opened | undefined;

    constructor(path: string, options: WatchOptions) {
      super();
      this.#opened = open(path, options, (type, name) => void this.emit('change', type, name));
    }

    close(): void {
      if (this.#opened === undefined) return;
      this.#opened.close();
      this.#opened = undefined;
      nextTick(() => void this.emit('close'));
    }

    ref(): this { return this; }
    unref(): this { return this; }
  }
  titled(FSWatcher, 'FSWatcher');

  function watch(given: unknown, ...rest: readonly unknown[]): FSWatcher {
    const listener = typeof rest[0] === 'function' ? rest[0] : rest[1];
    if (listener !== undefined) requireFunction('listener', listener);
    const path = requirePath(given);
    const options = watchOptions(typeof rest[0] === 'function' ? undefined : rest[0]);
    const watcher = new FSWatcher(path, options);
    if (listener !== undefined) watcher.on('change', listener as (...args: unknown[]) => unknown);
    const { signal } = options;
    if (signal?.aborted === true) nextTick(() => watcher.close());
    else if (signal !== undefined) {
      const close = (): void => watcher.close();
      signal.addEventListener('abort', close);
      watcher.once('close', () => signal.removeEventListener('abort', close));
    }
    return watcher;
  }

  /** An async iterator that begins to watch when it is first asked. */
  function watchAsync(given: unknown, options?: unknown): object {
    const path = requirePath(given);
    const { signal, ...how } = watchOptions(options);
    const queue: object[] = [];
    let opened: Opened | undefined;
    let isOver = false;
    let waiting: { readonly resolve: (value: unknown) => void; readonly reject: (reason: unknown) => void } | undefined;
    const end = (): void => {
      isOver = true;
      opened?.close();
      opened = undefined;
      signal?.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      end();
      waiting?.reject(abortError(signal!.reason));
      waiting = undefined;
    };
    const tell: Tell = (eventType, filename) => {
      queue.push({ __proto__: null, eventType, filename });
      waiting?.resolve({ value: queue.shift(), done: false });
      waiting = undefined;
    };
    const begin = (): void => {
      if (signal?.aborted === true) throw abortError(signal.reason);
      opened = open(path, { ...how, signal }, tell);
      signal?.addEventListener('abort', abort);
    };
    return {
      next: () => new Promise((resolve, reject) => {
        if (isOver) return resolve({ value: undefined, done: true });
        try {
          if (opened === undefined) begin();
        } catch (error) {
          if (isAbort(error)) throw error;
          isOver = true;
          return reject(error as Error);
        }
        if (queue.length > 0) return resolve({ value: queue.shift(), done: false });
        waiting = { resolve, reject };
      }),
      return: (value: unknown) => {
        end();
        return Promise.resolve({ value, done: true });
      },
      [Symbol.asyncIterator]() { return this; },
    };
  }

  return { FSWatcher, watch, watchAsync };
}

/** What cannot be watched is told with the name of the file once more. */
function watching<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && 'path' in error) Object.assign(error, { filename: error.path });
    throw error;
  }
}

function watchOptions(given: unknown): WatchOptions {
  const { persistent = true, recursive = false, encoding, signal } = optionsOf(given);
  if (typeof recursive !== 'boolean') throw invalidArgument('options.recursive', 'of type boolean', recursive);
  if (recursive) throw new Error('the option "recursive" of fs.watch is not simulated');
  requireSignal('options.signal', signal);
  return { isPersistent: Boolean(persistent), encoding: encoding === null ? undefined : encoding, signal: signal as Signal | undefined };
}
