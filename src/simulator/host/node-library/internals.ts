import { disposalSymbols } from '../../runtime/async.js';
import { encodingNamed } from '../buffer/encodings.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { bufferOf, createBufferModule } from '../buffer/index.js';
import { TextDecoder } from '../web/encoding.js';
import { createOs } from '../os.js';
import { internalUrl } from './file-urls.js';
import { createUtil } from './util.js';
import { createNodeErrors, type Inspect } from './errors.js';
import { socketInternals } from '../sockets/net-internals.js';
import { StringDecoder } from './string-decoder.js';
import { createTypes } from './types.js';

export const customPromisify = Symbol.for('nodejs.util.promisify.custom');

/** Modules that Node's library stands on and that are the simulator's own, by their names, each made when it is asked for. */
export function internalsOf(platform: Platform, world: PlatformWorld, library: (name: string) => unknown): Readonly<Record<string, () => unknown>> {
  const types = createTypes(world);
  const inspect: Inspect = (...args) => (library('internal/util/inspect') as { inspect: Inspect }).inspect(...args);
  const errors = createNodeErrors(inspect);
  return {
    buffer: () => createBufferModule(platform, world),
    events: () => platform.events.module,
    string_decoder: () => ({ StringDecoder }),
    'internal/errors': () => errors,
    'internal/util': () => internalUtil(world),
    'internal/util/types': () => types,
    'internal/util/debuglog': () => ({ debuglog: () => () => undefined }),
    'internal/abort_controller': () => platform.events.globals,
    'internal/blob': () => ({ isBlob: () => false, Blob: gathering(platform, world) }),
    'internal/event_target': () => ({ kResistStopPropagation: Symbol('resist'), kWeakHandler: Symbol('weak') }),
    'internal/events/abort_listener': () => ({ addAbortListener: (platform.events.module as unknown as { addAbortListener: unknown }).addAbortListener }),
    'internal/buffer': () => ({ FastBuffer: function FastBuffer(memory: ArrayBuffer, offset: number, length: number) { return bufferOf(platform, world).from(memory, offset, length); } }),
    'internal/encoding': () => ({ TextDecoder }),
    'internal/assert': () => (value: unknown, message?: string) => { if (!value) throw new Error(message ?? 'an invariant of the library does not hold'); },
    'internal/url': () => internalUrl(errors.codes as never, () => library('path') as { resolve(path: string): string }),
    'internal/options': () => ({ getOptionValue: () => false }),
    'internal/util/colors': () => ({ blue: '', green: '', white: '', red: '', gray: '', clear: '', reset: '', hasColors: false, refresh: () => undefined }),
    'internal/assert/utils': () => ({ innerOk: assertion(library) }),
    'internal/assert/calltracker': () => class CallTracker { constructor() { throw new Error('assert.CallTracker is not simulated'); } },
    util: () => createUtil(platform, world, library),
    os: () => createOs(() => world.timers.performanceNow() / 1000),
    'internal/bootstrap/realm': () => ({ BuiltinModule: { exists: () => false } }),
    ...socketInternals(platform, world),
    'internal/webstreams/adapters': () => { throw new Error('web streams are not simulated'); },
  };
}

function internalUtil({ Promise }: PlatformWorld): object {
  return {
    kEmptyObject: Object.freeze(Object.create(null)), customInspectSymbol: Symbol.for('nodejs.util.inspect.custom'),
    SymbolDispose: disposalSymbols.dispose, SymbolAsyncDispose: disposalSymbols.asyncDispose, promisify: { custom: customPromisify }, guessHandleType: () => 'INVALID',
    once: (callback: (...args: unknown[]) => unknown) => {
      let isCalled = false;
      return function (this: unknown, ...args: unknown[]): unknown {
        if (isCalled) return undefined;
        isCalled = true;
        return Reflect.apply(callback, this, args);
      };
    },
    createDeferredPromise: () => {
      const deferred: { promise?: unknown; resolve?: unknown; reject?: unknown } = {};
      deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
      return deferred;
    },
    deprecate: <T>(run: T): T => run,
    isError: (value: unknown) => value instanceof Error || Object.prototype.toString.call(value) === '[object Error]',
    join: (parts: string[], separator: string) => parts.join(separator),
    // eslint-disable-next-line no-control-regex -- the escapes that colour a terminal
    removeColors: (text: string) => text.replace(/\u001b\[\d\d?m/g, ''),
    normalizeEncoding: (name: unknown) => (name === undefined || name === null || name === '' ? 'utf8' : encodingNamed(`${name as string}`)),
    emitExperimentalWarning: () => undefined, isWindows: false, isMacOS: false,
    spliceOne: (list: unknown[], index: number) => void list.splice(index, 1),
    getLazy: <T>(make: () => T) => {
      let made: { readonly value: T } | undefined;
      return () => (made ??= { value: make() }).value;
    },
  };
}

/** What `stream/consumers` gathers chunks in: as of a Blob, its bytes come in a later turn. */
function gathering(platform: Platform, world: PlatformWorld): unknown {
  const Buffer = bufferOf(platform, world);
  return class {
    readonly #chunks: readonly unknown[];

    constructor(chunks: readonly unknown[]) {
      this.#chunks = chunks;
    }

    arrayBuffer(): Promise<ArrayBuffer> {
      return new world.Promise((resolve) => {
        world.timers.setImmediate(() => resolve(Uint8Array.from(Buffer.concat(this.#chunks.map((chunk) => (ArrayBuffer.isView(chunk) ? chunk : Buffer.from(String(chunk)))))).buffer));
      });
    }
  };
}

/** `assert.ok`. Node quotes the source of a call without a message, which a program cannot be shown here. */
function assertion(library: (name: string) => unknown): (caller: object, count: number, value?: unknown, message?: unknown) => void {
  return (caller, count, value, given) => {
    if (value) return;
    if (given instanceof Error) throw given;
    const isGenerated = count === 0 || given === undefined || given === null;
    const message = count === 0 ? 'No value argument passed to `assert.ok()`' : isGenerated ? 'The expression evaluated to a falsy value' : given;
    const AssertionError = library('internal/assert/assertion_error') as new (options: object) => Error & { generatedMessage: boolean };
    const error = new AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: caller });
    error.generatedMessage = isGenerated;
    throw error;
  };
}
