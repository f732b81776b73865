import { bufferOf } from '../buffer/index.js';
import { touchBytes } from '../buffer/memory.js';
import { outOfRange } from '../buffer/ranges.js';
import { invalidArgument, nodeError, requireFunction } from '../events/errors.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { diffieHellman, generateKeyPair, sign, verify } from './agreement.js';
import { bytesOf, kinds, notSimulated, rawBytes, requireText } from './arguments.js';
import { Cipheriv, cipherNamed, Decipheriv, planned, type CipherPlan } from './cipher.js';
import { drawOf, randomInteger, randomUuid, requireSize } from './draws.js';
import { digestNamed, Hash, Hmac } from './hash.js';
import { givenKey, importedKey, keyObject, KeyObject, planOf, secretBytes } from './keys.js';
import { webCryptoOf } from './web/index.js';
import { deriveKey, digestLength, digestNames, cipherNames, type DigestName } from './primitives.js';

/** What Node's `crypto` has beyond what is simulated. */
const others = [
  'checkPrime', 'checkPrimeSync', 'createDiffieHellman', 'createDiffieHellmanGroup', 'createECDH', 'createSign', 'createVerify', 'generateKey', 'generateKeyPair', 'generateKeySync', 'generatePrime', 'generatePrimeSync',
  'getCipherInfo', 'getCurves', 'getDiffieHellman', 'hkdf', 'pbkdf2', 'pbkdf2Sync', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'randomFill', 'scrypt', 'scryptSync', 'setEngine', 'setFips',
  'Certificate', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'Sign', 'Verify', 'X509Certificate',
];

/** The module `crypto`: real algorithms; keys and numbers by chance come from the seed of the scenario. Source: Node 20, lib/internal/crypto. */
export function createCrypto(platform: Platform, world: PlatformWorld): object {
  const Buffer = bufferOf(platform, world);
  const draw = drawOf(platform, world);
  const cipherPlan = (cipher: unknown, key: unknown, iv: unknown, options: unknown): CipherPlan => {
    const name = requireText('cipher', cipher);
    const bytes = secretBytes(key) ?? bytesOf('key', key, 'key');
    return planned(Buffer, cipherNamed(name), bytes, iv, options);
  };
  const fill = (view: Uint8Array): void => {
    touchBytes(view, 'write');
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(draw(view.byteLength));
  };

  return {
    ...Object.fromEntries(others.map((name) => [name, function () { return notSimulated(`crypto.${name}`); }])),
    get webcrypto() { return webCryptoOf(platform, world); },
    get subtle() { return (webCryptoOf(platform, world) as { readonly subtle: object }).subtle; },
    Hash, Hmac, KeyObject, Cipheriv, Decipheriv, constants: Object.freeze({}),
    getHashes: () => [...digestNames], getCiphers: () => [...cipherNames],
    createHash: (algorithm: unknown) => {
      const name = digestNamed(requireText('algorithm', algorithm));
      if (name === undefined) throw new Error('Digest method not supported');
      return new Hash(Buffer, name);
    },
    createHmac: (algorithm: unknown, key: unknown) => {
      const name = requireText('hmac', algorithm);
      const bytes = secretBytes(key) ?? bytesOf('key', key, 'key');
      return new Hmac(Buffer, requireDigest(name), bytes);
    },
    createCipheriv: (cipher: unknown, key: unknown, iv: unknown, options?: unknown) => new Cipheriv(cipherPlan(cipher, key, iv, options)),
    createDecipheriv: (cipher: unknown, key: unknown, iv: unknown, options?: unknown) => new Decipheriv(cipherPlan(cipher, key, iv, options)),
    hkdfSync: hkdf, timingSafeEqual,
    createSecretKey: (key: unknown, encoding?: unknown) => keyObject(Buffer, { type: 'secret', bytes: bytesOf('key', key, 'secret', encoding) }),
    createPublicKey: (key: unknown) => {
      const plan = planOf(key);
      if (plan !== undefined && plan.type !== 'private') throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${plan.type}, expected private.`);
      return keyObject(Buffer, givenKey(key, 'public'));
    },
    createPrivateKey: (key: unknown) => keyObject(Buffer, importedKey(key, 'private')),
    generateKeyPairSync: (type: unknown, options?: unknown) => generateKeyPair(Buffer, draw, type, options),
    sign: (algorithm: unknown, data: unknown, key: unknown, callback?: unknown) => sign(Buffer, algorithm, data, key, callback),
    verify: (algorithm: unknown, data: unknown, key: unknown, signature: unknown, callback?: unknown) => verify(algorithm, data, key, signature, callback),
    diffieHellman: (options: unknown) => diffieHellman(Buffer, options),
    randomBytes: (size: unknown, callback?: unknown) => {
      const count = requireSize(size);
      refuseCallback('randomBytes', callback);
      return Buffer.from(draw(count));
    },
    randomInt: (min: unknown, max?: unknown, callback?: unknown) => {
      refuseCallback('randomInt', typeof max === 'function' ? max : callback);
      return randomInteger(draw, min, max);
    },
    randomUUID: (options?: unknown) => {
      if (options !== undefined && (typeof options !== 'object' || options === null)) throw invalidArgument('options', 'of type object', options);
      return randomUuid(draw);
    },
    randomFillSync: (view: unknown, ...range: unknown[]) => {
      if (range.length > 0) notSimulated('crypto.randomFillSync of a part', 'fill a subarray');
      if (!ArrayBuffer.isView(view)) throw invalidArgument('buf', 'an instance of ArrayBuffer or ArrayBufferView', view);
      fill(view as Uint8Array);
      return view;
    },
    getRandomValues: (view: unknown) => {
      if (!ArrayBuffer.isView(view)) notSimulated('crypto.getRandomValues of what is no typed array');
      fill(view as Uint8Array);
      return view;
    },
  };
}

function refuseCallback(name: string, callback: unknown): void {
  if (callback === undefined) return;
  requireFunction('callback', callback);
  notSimulated(`crypto.${name} with a callback`, 'call it without one');
}

function requireDigest(name: string): DigestName {
  const digest = digestNamed(name);
  if (digest === undefined) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return digest;
}

function hkdf(digest: unknown, ikm: unknown, salt: unknown, info: unknown, length: unknown): ArrayBuffer {
  const name = requireText('digest', digest);
  const key = secretBytes(ikm) ?? bytesOf('ikm', ikm, 'material');
  const [salted, context] = [bytesOf('salt', salt, 'derived'), bytesOf('info', info, 'derived')];
  if (typeof length !== 'number') throw invalidArgument('length', 'of type number', length);
  if (!Number.isInteger(length)) throw outOfRange('length', 'an integer', length);
  if (length < 0 || length > 2 ** 32) throw outOfRange('length', `>= 0 && <= ${2 ** 32}`, length);
  if (context.length > 1024) throw outOfRange('info', 'must not contain more than 1024 bytes', context.length);
  const known = requireDigest(name);
  if (length > 255 * digestLength(known)) throw nodeError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  return length === 0 ? new ArrayBuffer(0) : (deriveKey(known, key, salted, context, length).slice().buffer as ArrayBuffer);
}

function timingSafeEqual(a: unknown, b: unknown): boolean {
  const [first, second] = [comparable('buf1', a), comparable('buf2', b)];
  if (first.length !== second.length) throw nodeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  return first.every((byte, index) => byte === second[index]);
}

function comparable(name: string, value: unknown): Uint8Array {
  const bytes = rawBytes(value);
  if (bytes === undefined) throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be ${kinds.any.replace('of type string or ', '')}.`);
  return bytes;
}
