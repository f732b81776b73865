import type { PlatformWorld } from '../platform.js';
import { bufferOf } from '../buffer/index.js';
import type { Platform } from '../platform.js';
import { TextDecoder, TextEncoder } from '../web/encoding.js';
import { customPromisify } from './internals.js';

type Callable = (this: unknown, ...args: unknown[]) => unknown;
type Require = (name: string) => unknown;

interface Library {
  readonly inspection: { readonly inspect: Callable; readonly format: Callable; readonly formatWithOptions: Callable; readonly stripVTControlCharacters: Callable };
  readonly validators: Readonly<Record<string, (value: unknown, name: string) => void>>;
}

/** The module `util`: what computes only. Source: lib/util.js and lib/internal/util.js of Node 20. */
export function createUtil(platform: Platform, world: PlatformWorld, require: Require): object {
  const { Promise, timers, opaque } = world;
  const { inspection, validators } = { inspection: require('internal/util/inspect'), validators: require('internal/validators') } as Library;
  const types = require('internal/util/types') as Readonly<Record<string, (value: unknown) => boolean>>;
  const { codes } = require('internal/errors') as { codes: Readonly<Record<string, new (...args: unknown[]) => Error>> };

  function promisify(original: Callable & { [customPromisify]?: unknown }): unknown {
    validators['validateFunction']!(original, 'original');
    const custom = original[customPromisify];
    if (custom) {
      validators['validateFunction']!(custom, 'util.promisify.custom');
      return Object.defineProperty(custom, customPromisify, { value: custom, enumerable: false, writable: false, configurable: true });
    }
    const made = function (this: unknown, ...args: unknown[]): unknown {
      return new Promise((resolve, reject) => {
        Reflect.apply(original, this, [...args, (error: unknown, value: unknown) => (error ? reject(error as Error) : resolve(value))]);
      });
    };
    Object.setPrototypeOf(made, Object.getPrototypeOf(original) as object);
    Object.defineProperty(made, customPromisify, { value: made, enumerable: false, writable: false, configurable: true });
    return Object.defineProperties(made, Object.getOwnPropertyDescriptors(original) as PropertyDescriptorMap);
  }
  Object.assign(promisify, { custom: customPromisify });

  function callbackify(original: Callable): unknown {
    validators['validateFunction']!(original, 'original');
    const made = function (this: unknown, ...args: unknown[]): void {
      const last = args.pop();
      validators['validateFunction']!(last, 'last argument');
      const callback = (last as Callable).bind(this) as (...args: unknown[]) => unknown;
      const failed = (reason: unknown): unknown => callback(reason || Object.assign(new codes['ERR_FALSY_VALUE_REJECTION']!(), { reason }));
      (Reflect.apply(original, this, args) as PromiseLike<unknown>).then((value) => timers.nextTick(callback, null, value), (reason: unknown) => timers.nextTick(failed, reason));
    };
    const properties: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(original);
    if (typeof properties['length']?.value === 'number') properties['length'].value++;
    if (typeof properties['name']?.value === 'string') properties['name'].value += 'Callbackified';
    return Object.defineProperties(made, properties);
  }

  function inherits(constructor: unknown, parent: unknown): void {
    if (constructor === undefined || constructor === null) throw new codes['ERR_INVALID_ARG_TYPE']!('ctor', 'Function', constructor);
    if (parent === undefined || parent === null) throw new codes['ERR_INVALID_ARG_TYPE']!('superCtor', 'Function', parent);
    const { prototype } = parent as { prototype?: object };
    if (prototype === undefined) throw new codes['ERR_INVALID_ARG_TYPE']!('superCtor.prototype', 'Object', prototype);
    Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf((constructor as { prototype: object }).prototype, prototype);
  }

  /** A warning goes to a person, so there is nobody to read it here. */
  function deprecate(run: Callable & { prototype?: unknown }): unknown {
    const made = function (this: unknown, ...args: unknown[]): unknown { return new.target ? Reflect.construct(run, args, new.target) as unknown : Reflect.apply(run, this, args); };
    Object.setPrototypeOf(made, run);
    if (run.prototype) made.prototype = run.prototype;
    return made;
  }

  const is = (type: string) => (value: unknown): boolean => typeof value === type;
  const Buffer = bufferOf(platform, world);
  const isObject = (value: unknown): value is object => value !== null && typeof value === 'object';
  const silent = (): void => undefined;
  const refused = Object.fromEntries(['_errnoException', '_exceptionWithHostPort', 'getSystemErrorMap', 'getSystemErrorName', 'transferableAbortSignal', 'transferableAbortController', 'aborted', 'parseEnv', 'parseArgs', 'MIMEType', 'MIMEParams', 'styleText'].map((name) => [name, () => { throw new Error(`util.${name} is not simulated`); }]));
  return {
    ...refused, promisify, callbackify, inherits, deprecate, types, TextDecoder, TextEncoder, debug: () => silent, debuglog: () => silent, log: silent,
    inspect: inspection.inspect, format: inspection.format, formatWithOptions: inspection.formatWithOptions, stripVTControlCharacters: inspection.stripVTControlCharacters,
    isDeepStrictEqual: (a: unknown, b: unknown) => (require('internal/util/comparisons') as { isDeepStrictEqual: (a: unknown, b: unknown) => boolean }).isDeepStrictEqual(a, b),
    toUSVString: (text: unknown) => String(text).replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD'), _extend: (target: object, source: unknown) => (isObject(source) ? Object.assign(target, source) : target),
    isArray: Array.isArray, isBoolean: is('boolean'), isNumber: is('number'), isString: is('string'), isSymbol: is('symbol'), isUndefined: is('undefined'), isFunction: is('function'),
    isNull: (value: unknown) => value === null, isNullOrUndefined: (value: unknown) => value === null || value === undefined, isObject, isPrimitive: (value: unknown) => !isObject(value) && typeof value !== 'function',
    isRegExp: types['isRegExp'], isDate: types['isDate'], isError: (value: unknown) => value instanceof Error && !opaque.is(value), isBuffer: Buffer.isBuffer,
  };
}
