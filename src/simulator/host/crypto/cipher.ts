import { sealClasses } from '../../runtime/sealed.js';
import type { BufferConstructor } from '../buffer/index.js';
import { requireEncoding } from '../buffer/encodings.js';
import { nodeError } from '../events/errors.js';
import { StringDecoder } from '../node-library/string-decoder.js';
import { bytesOf, invalidValue, joined, notSimulated, objectBorn, touchState, updateBytes } from './arguments.js';
import { refuseStreams } from './hash.js';
import { cipherNames, encrypt, keyLength, tagLength, type CipherName } from './primitives.js';

export interface CipherPlan {
  readonly Buffer: BufferConstructor;
  readonly name: CipherName;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  /** Bytes; absent: any length that the cipher allows. */
  readonly tag: number | undefined;
}

export function cipherNamed(name: string): CipherName {
  const known = cipherNames.find((each) => each === name.toLowerCase() || (each === 'aes-256-gcm' && name.toLowerCase() === 'id-aes256-gcm'));
  if (known !== undefined) return known;
  if (/^(aes|chacha|aria|camellia|des|sm4|bf|cast|rc|seed|id-aes)/i.test(name)) notSimulated(`the cipher ${name}`, `there are ${cipherNames.join(' and ')}`);
  throw nodeError(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
}

/** What both directions of an authenticated cipher are made from. @throws as Node does, if it does not fit. */
export function planned(Buffer: BufferConstructor, name: CipherName, key: Uint8Array, iv: unknown, options: unknown): CipherPlan {
  const nonce = iv === null ? new Uint8Array(0) : bytesOf('iv', iv, 'any');
  const tag = (options as { authTagLength?: unknown } | null | undefined)?.authTagLength;
  if (tag !== undefined && tag !== null && (typeof tag !== 'number' || tag !== tag >>> 0)) throw invalidValue('options.authTagLength', tag);
  if (key.length !== keyLength) throw nodeError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  if (nonce.length === 0 || (name === 'chacha20-poly1305' && nonce.length > 12)) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
  if (nonce.length < 8 || (name === 'chacha20-poly1305' && nonce.length < 12)) notSimulated(`${name} with an initialization vector of ${nonce.length} bytes`, 'it should have 12');
  if (typeof tag === 'number' && !isTagLength(name, tag)) throw invalidTag(tag);
  return { Buffer, name, key, nonce, tag: tag ?? (name === 'chacha20-poly1305' ? tagLength : undefined) };
}

function isTagLength(name: CipherName, length: number): boolean {
  return name === 'aes-256-gcm' ? [4, 8, 12, 13, 14, 15, 16].includes(length) : length <= tagLength;
}

function invalidTag(length: number): Error {
  return nodeError(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${length}`);
}

function invalidState(operation?: string): Error {
  return nodeError(Error, 'ERR_CRYPTO_INVALID_STATE', operation === undefined ? 'Invalid state' : `Invalid state for operation ${operation}`);
}

/** What a cipher has been given so far; either direction adds the same stream of key bytes to its input. */
class Work {
  readonly plan: CipherPlan;
  additional: Uint8Array = new Uint8Array(0);
  plain: Uint8Array = new Uint8Array(0);
  isEnded = false;
  #hasInput = false;
  #decoder: { readonly encoding: string; readonly text: StringDecoder } | undefined;

  constructor(plan: CipherPlan) {
    this.plan = plan;
  }

  setAAD(data: unknown): void {
    const added = bytesOf('aadbuf', data, 'any');
    if (this.isEnded) throw invalidState('setAAD');
    if (this.#hasInput) {
      if (this.plan.name === 'aes-256-gcm') throw invalidState('setAAD');
      notSimulated('setAAD after update', 'call it before');
    }
    this.additional = joined([this.additional, added]);
  }

  update(data: unknown, inputEncoding: unknown, outputEncoding: unknown, isDecrypting: boolean): Uint8Array | string {
    const input = updateBytes(data, inputEncoding);
    if (this.isEnded) throw new Error('Trying to add data in unsupported state');
    this.#hasInput = true;
    const before = this.plain.length;
    const output = this.#ciphered(joined([this.plain, input])).subarray(before, before + input.length);
    this.plain = joined([this.plain, isDecrypting ? output : input]);
    return this.told(output, outputEncoding, false);
  }

  /** The ciphertext of the whole, and its tag. */
  #ciphered(plain: Uint8Array): Uint8Array {
    const { name, key, nonce } = this.plan;
    return encrypt(name, key, nonce, this.additional, plain);
  }

  tag(): Uint8Array {
    return this.#ciphered(this.plain).subarray(this.plain.length);
  }

  /** Output as Node gives it: a Buffer, or text that keeps the rest of a character for the next time. */
  told(bytes: Uint8Array, encoding: unknown, isLast: boolean): Uint8Array | string {
    if (!encoding || encoding === 'buffer') return this.plan.Buffer.from(bytes);
    const known = requireEncoding(encoding);
    this.#decoder ??= { encoding: known, text: new StringDecoder(known) };
    if (this.#decoder.encoding !== known) throw nodeError(Error, 'ERR_INTERNAL_ASSERTION', 'Cannot change encoding\nThis is caused by either a bug in Node.js or incorrect usage of Node.js internals.\nPlease open an issue with this stack trace at https://github.com/nodejs/node/issues\n');
    const given = this.plan.Buffer.from(bytes);
    return isLast ? this.#decoder.text.end(given) : this.#decoder.text.write(given);
  }
}

/** What `createCipheriv` gives, without the stream that it is in Node, too. */
export class Cipheriv {
  readonly #work: Work;

  constructor(plan: CipherPlan) {
    this.#work = new Work(plan);
    objectBorn(this);
  }

  setAAD(data: unknown): this {
    touchState(this);
    this.#work.setAAD(data);
    return this;
  }

  update(data: unknown, inputEncoding?: unknown, outputEncoding?: unknown): Uint8Array | string {
    touchState(this);
    return this.#work.update(data, inputEncoding, outputEncoding, false);
  }

  final(encoding?: unknown): Uint8Array | string {
    touchState(this);
    if (this.#work.isEnded) throw invalidState();
    this.#work.isEnded = true;
    return this.#work.told(new Uint8Array(0), encoding, true);
  }

  getAuthTag(): Uint8Array {
    touchState(this);
    if (!this.#work.isEnded) throw invalidState('getAuthTag');
    const { Buffer, tag = tagLength } = this.#work.plan;
    return Buffer.from(this.#work.tag().subarray(0, tag));
  }

  setAutoPadding(): this {
    return this;
  }
}

/** What `createDecipheriv` gives. What `update` has given is authentic only once `final` has not thrown, as in Node. */
export class Decipheriv {
  readonly #work: Work;
  #tag: Uint8Array | undefined;

  constructor(plan: CipherPlan) {
    this.#work = new Work(plan);
    objectBorn(this);
  }

  setAAD(data: unknown): this {
    touchState(this);
    this.#work.setAAD(data);
    return this;
  }

  setAuthTag(data: unknown, encoding?: unknown): this {
    touchState(this);
    const given = bytesOf('buffer', data, 'any', encoding);
    const { name, tag } = this.#work.plan;
    if (this.#tag !== undefined || this.#work.isEnded) throw invalidState('setAuthTag');
    if (tag === undefined ? !isTagLength(name, given.length) : given.length !== tag) throw invalidTag(given.length);
    this.#tag = given;
    return this;
  }

  update(data: unknown, inputEncoding?: unknown, outputEncoding?: unknown): Uint8Array | string {
    touchState(this);
    return this.#work.update(data, inputEncoding, outputEncoding, true);
  }

  final(encoding?: unknown): Uint8Array | string {
    touchState(this);
    if (this.#work.isEnded) throw invalidState();
    this.#work.isEnded = true;
    const tag = this.#tag;
    const right = this.#work.tag();
    if (tag === undefined || !tag.every((byte, index) => byte === right[index])) throw new Error('Unsupported state or unable to authenticate data');
    return this.#work.told(new Uint8Array(0), encoding, true);
  }

  setAutoPadding(): this {
    return this;
  }
}

for (const { prototype } of [Cipheriv, Decipheriv]) refuseStreams(prototype, prototype.constructor.name);
sealClasses(Cipheriv, Decipheriv);
