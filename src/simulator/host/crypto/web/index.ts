import { touchBytes } from '../../buffer/memory.js';
import { name } from '../../events/event.js';
import { nodeError } from '../../events/errors.js';
import type { Platform, PlatformWorld } from '../../platform.js';
import { drawOf, randomUuid, type Draw } from '../draws.js';
import { failure } from './errors.js';
import { createSubtle } from './subtle.js';

export { CryptoKey } from './crypto-key.js';

const made = new WeakMap<Platform, object>();
const mostBytes = 65_536;

/** The global `crypto` of an execution (Web Cryptography API, section 10). */
export function webCryptoOf(platform: Platform, world: PlatformWorld): object {
  let crypto = made.get(platform);
  if (crypto === undefined) made.set(platform, (crypto = create(world, drawOf(platform, world))));
  return crypto;
}

function create({ loop, opaque, Promise }: PlatformWorld, draw: Draw): object {
  const isOurs = Symbol('made by the platform');
  let subtle: object | undefined;

  class Crypto {
    constructor(key: unknown) {
      if (key !== isOurs) throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    }

    get subtle(): object {
      return (subtle ??= createSubtle({ loop, opaque, Promise, draw }));
    }

    getRandomValues(...args: readonly unknown[]): unknown {
      if (args.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', "Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
      const [view] = args;
      if (opaque.is(view)) return view;
      if (!isOfIntegers(view)) throw failure('TypeMismatchError', 'The data argument must be an integer-type TypedArray');
      if (view.byteLength > mostBytes) throw failure('QuotaExceededError', `The requested length exceeds ${mostBytes.toLocaleString('en')} bytes`);
      touchBytes(view, 'write');
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(draw(view.byteLength));
      return view;
    }

    randomUUID(): string {
      return randomUuid(draw);
    }
  }
  Object.defineProperty(Crypto.prototype.getRandomValues, 'length', { value: 1 });
  name(Crypto, 'Crypto');
  return new Crypto(isOurs);
}

function isOfIntegers(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && /^(?:Big)?(?:Int|Uint)\d+(?:Clamped)?Array$/.test(String((value as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]));
}
