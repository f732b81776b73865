import { notSimulated } from '../arguments.js';
import { authenticate, decryptGcm, deriveKey, digestLength, encryptGcm, stretch, type DigestName } from '../primitives.js';
import { hashIn, integerOf, type Algorithm, type Parameters } from './algorithm.js';
import type { KeyPlan } from './crypto-key.js';
import { failure } from './errors.js';
import { bytesOfOct, text } from './jwk.js';

const blockBits: Readonly<Record<DigestName, number>> = { sha1: 512, sha224: 512, sha256: 512, sha384: 1024, sha512: 1024 };

/** HMAC (Web Cryptography API, section 29). */
export const hmac: Algorithm = {
  usages: { secret: ['sign', 'verify'] },
  needs: { generate: ['hash'], importKey: ['hash'] },
  generate: (parameters, draw) => {
    const { title, name } = hashIn(parameters);
    const length = bitsOf(parameters, 'HmacKeyGenParams') ?? blockBits[name];
    return { type: 'secret', algorithm: { name: 'HMAC', length, hash: { name: title } }, bytes: draw(Math.ceil(length / 8)) };
  },
  importKey: (format, data, parameters) => {
    const { title } = hashIn(parameters);
    const bytes = secretFrom('HMAC', format, data, title.replace('SHA-', 'HS'));
    if (bytes.length === 0) throw failure('DataError', 'Zero-length key is not supported');
    const length = bitsOf(parameters, 'HmacImportParams') ?? bytes.length * 8;
    if (length !== bytes.length * 8) throw failure('DataError', 'Invalid key length');
    return { type: 'secret', algorithm: { name: 'HMAC', length, hash: { name: title } }, bytes };
  },
  exportKey: (format, key) => secretAs(format, key, titleOf(key).replace('SHA-', 'HS')),
  sign: (_parameters, key, message) => authenticate(digestNameOf(key), key.bytes, message),
  verify: (_parameters, key, signature, message) => isSame(authenticate(digestNameOf(key), key.bytes, message), signature),
  keyBits: (parameters) => bitsOf(parameters, 'HmacImportParams') ?? blockBits[hashIn(parameters).name],
};

const tagLengths = [32, 64, 96, 104, 112, 120, 128];

/** AES-GCM (section 27). */
export const aesGcm: Algorithm = {
  usages: { secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] },
  needs: { generate: ['length'], keyBits: ['length'], encrypt: ['iv'], decrypt: ['iv'] },
  generate: (parameters, draw) => {
    const length = aesBits(parameters);
    return { type: 'secret', algorithm: { name: 'AES-GCM', length }, bytes: draw(length / 8) };
  },
  importKey: (format, data) => {
    const bytes = secretFrom('AES-GCM', format, data, format === 'jwk' ? String((data as { readonly alg?: unknown }).alg ?? '') : '');
    if (![16, 24, 32].includes(bytes.length)) throw failure('DataError', 'Invalid key length');
    if (format === 'jwk') bytesOfOct(data as Readonly<Record<string, unknown>>, `A${bytes.length * 8}GCM`);
    return { type: 'secret', algorithm: { name: 'AES-GCM', length: bytes.length * 8 }, bytes };
  },
  exportKey: (format, key) => secretAs(format, key, `A${key.bytes.length * 8}GCM`),
  encrypt: (parameters, key, plain) => {
    const tag = tagBytes(parameters);
    return encryptGcm(key.bytes, nonceOf(parameters), additionalOf(parameters), plain).subarray(0, plain.length + tag);
  },
  decrypt: (parameters, key, sealed) => {
    const tag = tagBytes(parameters);
    const plain = sealed.length < tag ? undefined : decryptGcm(key.bytes, nonceOf(parameters), additionalOf(parameters), sealed, tag);
    if (plain === undefined) throw failure('OperationError', sealed.length < tag ? 'The provided data is too small.' : 'Cipher job failed');
    return plain;
  },
  keyBits: aesBits,
};

/** HKDF (section 33). */
export const hkdf: Algorithm = {
  usages: { secret: ['deriveKey', 'deriveBits'] },
  needs: { deriveBits: ['hash', 'salt', 'info'] },
  importKey: (format, data) => ({ type: 'secret', algorithm: { name: 'HKDF' }, bytes: secretFrom('HKDF', onlyRaw('HKDF', format), data, '') }),
  deriveBits: (parameters, key, length) => {
    const { name } = hashIn(parameters);
    const bytes = wholeBytes(length);
    if (bytes > 255 * digestLength(name)) throw failure('OperationError', 'length is too large');
    return bytes === 0 ? new Uint8Array(0) : deriveKey(name, key.bytes, parameters['salt'] as Uint8Array, parameters['info'] as Uint8Array, bytes);
  },
  keyBits: () => null,
};

/** PBKDF2 (section 34). */
export const pbkdf2: Algorithm = {
  usages: { secret: ['deriveKey', 'deriveBits'] },
  needs: { deriveBits: ['hash', 'salt', 'iterations'] },
  importKey: (format, data) => ({ type: 'secret', algorithm: { name: 'PBKDF2' }, bytes: secretFrom('PBKDF2', onlyRaw('PBKDF2', format), data, '') }),
  deriveBits: (parameters, key, length) => {
    const { name } = hashIn(parameters);
    const iterations = integerOf(parameters['iterations'], 'iterations', 2 ** 32 - 1);
    if (iterations === 0) throw failure('OperationError', 'iterations cannot be zero');
    const bytes = wholeBytes(length);
    return bytes === 0 ? new Uint8Array(0) : stretch(name, key.bytes, parameters['salt'] as Uint8Array, iterations, bytes);
  },
  keyBits: () => null,
};

function titleOf({ algorithm }: KeyPlan): string {
  return (algorithm['hash'] as { readonly name: string }).name;
}

function digestNameOf({ algorithm }: KeyPlan): DigestName {
  return hashIn(algorithm).name;
}

function onlyRaw(name: string, format: string): string {
  if (format !== 'raw') throw failure('NotSupportedError', `Unable to import ${name} key with format ${format}`);
  return format;
}

function secretFrom(name: string, format: string, data: Uint8Array | Readonly<Record<string, unknown>>, alg: string): Uint8Array {
  if (format === 'raw') return data as Uint8Array;
  if (format === 'jwk') return bytesOfOct(data as Readonly<Record<string, unknown>>, alg);
  throw failure('NotSupportedError', `Unable to import ${name} key with format ${format}`);
}

function secretAs(format: string, { bytes, algorithm: { name } }: KeyPlan, alg: string): Uint8Array | Readonly<Record<string, unknown>> {
  if (format === 'raw') return bytes.slice();
  if (format === 'jwk') return { kty: 'oct', k: text(bytes), alg };
  throw failure('NotSupportedError', `Unable to export a secret ${name} key using ${format} format`);
}

function bitsOf({ length }: Parameters, dictionary: string): number | undefined {
  if (length === undefined) return undefined;
  const bits = integerOf(length, `'length' in '${dictionary}'`, 2 ** 32 - 1);
  if (bits === 0) throw failure(dictionary === 'HmacKeyGenParams' ? 'OperationError' : 'DataError', 'Zero-length key is not supported');
  if (bits % 8 !== 0) notSimulated(`an HMAC key of ${bits} bits`, 'take whole bytes');
  return bits;
}

function aesBits({ length }: Parameters): number {
  const bits = integerOf(length, 'length', 2 ** 16 - 1);
  if (![128, 192, 256].includes(bits)) throw failure('OperationError', 'Invalid key length');
  return bits;
}

function tagBytes({ tagLength = 128 }: Parameters): number {
  if (!tagLengths.includes(Number(tagLength))) throw failure('OperationError', `${String(tagLength)} is not a valid AES-GCM tag length`);
  return Number(tagLength) / 8;
}

function nonceOf({ iv }: Parameters): Uint8Array {
  const bytes = iv as Uint8Array;
  if (bytes.length < 12) throw failure('OperationError', 'The operation failed for an operation-specific reason');
  return bytes;
}

function additionalOf({ additionalData }: Parameters): Uint8Array {
  return (additionalData ?? new Uint8Array(0)) as Uint8Array;
}

function wholeBytes(length: number | null): number {
  if (length === null) throw failure('OperationError', 'length cannot be null');
  if (length % 8 !== 0) throw failure('OperationError', 'length must be a multiple of 8');
  return length / 8;
}

function isSame(first: Uint8Array, second: Uint8Array): boolean {
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}
