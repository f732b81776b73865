import { disposalSymbols } from '../../runtime/async.js';
import { encodingNamed } from '../buffer/encodings.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { bufferOf, createBufferModule } from '../buffer/index.js';
import { TextDecoder } from '../web/encoding.js';
import { URL } from '../web/url.js';
import { createNodeErrors, type Inspect } from './errors.js';
import { StringDecoder } from './string-decoder.js';
import { createTypes } from './types.js';

export const customPromisify = Symbol.for('nodejs.util.promisify.custom');

/** Modules that Node's library stands on and that are the simulator's own, by their names, each made when it is asked for. */
export function internalsOf(platform: Platform, world: PlatformWorld, inspect: Inspect): Readonly<Record<string, () => unknown>> {
  const types = createTypes(world);
  return {
    buffer: () => createBufferModule(platform, world),
    events: () => platform.events.module,
    string_decoder: () => ({ StringDecoder }),
    'internal/errors': () => createNodeErrors(inspect),
    'internal/util': () => internalUtil(world),
    'internal/util/types': () => types,
    'internal/util/debuglog': () => ({ debuglog: () => () => undefined }),
    'internal/abort_controller': () => platform.events.globals,
    'internal/blob': () => ({ isBlob: () => false }),
    'internal/event_target': () => ({ kResistStopPropagation: Symbol('resist'), kWeakHandler: Symbol('weak') }),
    'internal/events/abort_listener': () => ({ addAbortListener: (platform.events.module as unknown as { addAbortListener: unknown }).addAbortListener }),
    'internal/buffer': () => ({ FastBuffer: (bufferOf(platform, world) as unknown as { [Symbol.species]: unknown })[Symbol.species] }),
    'internal/encoding': () => ({ TextDecoder }),
    'internal/assert': () => (value: unknown, message?: string) => { if (!value) throw new Error(message ?? 'an invariant of the library does not hold'); },
    'internal/constants': () => charCodes,
    'internal/url': () => ({ isURL: (value: unknown) => value instanceof URL, URL }),
    'internal/bootstrap/realm': () => ({ BuiltinModule: { exists: () => false } }),
    'internal/webstreams/adapters': () => { throw new Error('web streams are not simulated'); },
  };
}

function internalUtil({ Promise }: PlatformWorld): object {
  return {
    kEmptyObject: Object.freeze(Object.create(null)), customInspectSymbol: Symbol.for('nodejs.util.inspect.custom'),
    SymbolDispose: disposalSymbols.dispose, SymbolAsyncDispose: disposalSymbols.asyncDispose, promisify: { custom: customPromisify },
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
    getLazy: <T>(make: () => T) => {
      let made: { readonly value: T } | undefined;
      return () => (made ??= { value: make() }).value;
    },
  };
}

const charCodes: Readonly<Record<string, number>> = {
  CHAR_UPPERCASE_A: 65, CHAR_LOWERCASE_A: 97, CHAR_UPPERCASE_Z: 90, CHAR_LOWERCASE_Z: 122, CHAR_DOT: 46, CHAR_FORWARD_SLASH: 47, CHAR_BACKWARD_SLASH: 92, CHAR_COLON: 58, CHAR_QUESTION_MARK: 63,
};
