import { sealClasses } from '../../runtime/sealed.js';
import type { BufferConstructor } from '../buffer/index.js';
import { decode, encodingNamed } from '../buffer/encodings.js';
import { nodeError } from '../events/errors.js';
import { joined, notSimulated, objectBorn, touchState, updateBytes } from './arguments.js';
import { authenticate, digest, digestNames, type DigestName } from './primitives.js';

/** The names that OpenSSL knows a simulated digest by. */
const names = new Map<string, DigestName>(digestNames.flatMap((name): [string, DigestName][] => [[name, name], [name.replace('sha', 'sha-'), name], [`rsa-${name}`, name], [name.replace('sha', 'sha2-'), name]]));

/** `undefined` for a name that is no digest at all. @throws for those that are only not simulated. */
export function digestNamed(name: string): DigestName | undefined {
  const known = names.get(name.toLowerCase());
  if (known === undefined && /^(rsa-)?(md\d|sha|shake|blake|ripemd|rmd|sm3)/i.test(name)) notSimulated(`the digest ${name}`, `there are ${digestNames.join(', ')}`);
  return known;
}

/** Bytes as text, or as a Buffer where the encoding is none. */
export function encoded(Buffer: BufferConstructor, bytes: Uint8Array, encoding: unknown): Uint8Array | string {
  const known = encodingNamed(encoding);
  return known === undefined ? Buffer.from(bytes) : decode(bytes, known);
}

function finalized(): Error {
  return nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
}

/** `crypto.Hash`, without the stream that it is in Node, too. */
export class Hash {
  readonly #Buffer: BufferConstructor;
  readonly #name: DigestName;
  #parts: Uint8Array[] | undefined;

  constructor(Buffer: BufferConstructor, name: DigestName, parts: readonly Uint8Array[] = []) {
    this.#Buffer = Buffer;
    this.#name = name;
    this.#parts = [...parts];
    objectBorn(this);
  }

  update(data: unknown, encoding?: unknown): this {
    touchState(this);
    if (this.#parts === undefined) throw finalized();
    this.#parts.push(updateBytes(data, encoding));
    return this;
  }

  digest(encoding?: unknown): Uint8Array | string {
    touchState(this);
    if (this.#parts === undefined) throw finalized();
    const made = digest(this.#name, joined(this.#parts));
    this.#parts = undefined;
    return encoded(this.#Buffer, made, encoding);
  }

  copy(): Hash {
    touchState(this);
    if (this.#parts === undefined) throw finalized();
    return new Hash(this.#Buffer, this.#name, this.#parts);
  }
}

/** `crypto.Hmac`, without the stream that it is in Node, too. */
export class Hmac {
  readonly #Buffer: BufferConstructor;
  readonly #name: DigestName;
  readonly #key: Uint8Array;
  #parts: Uint8Array[] | undefined = [];

  constructor(Buffer: BufferConstructor, name: DigestName, key: Uint8Array) {
    this.#Buffer = Buffer;
    this.#name = name;
    this.#key = key;
    objectBorn(this);
  }

  update(data: unknown, encoding?: unknown): this {
    touchState(this);
    if (this.#parts === undefined) throw finalized();
    this.#parts.push(updateBytes(data, encoding));
    return this;
  }

  /** The second time it is empty, and no error: so it is in Node. */
  digest(encoding?: unknown): Uint8Array | string {
    touchState(this);
    const made = this.#parts === undefined ? new Uint8Array(0) : authenticate(this.#name, this.#key, joined(this.#parts));
    this.#parts = undefined;
    return encoded(this.#Buffer, made, encoding);
  }
}

for (const { prototype } of [Hash, Hmac]) refuseStreams(prototype, prototype.constructor.name);
sealClasses(Hash, Hmac);

/** Hashes and ciphers are streams in Node; used as such they say that they are none here. */
export function refuseStreams(prototype: object, title: string): void {
  for (const name of ['write', 'end', 'pipe', 'read', 'on', 'once', 'pause', 'resume', 'setEncoding', 'destroy']) {
    Object.defineProperty(prototype, name, { value: () => notSimulated(`${title}.${name}`, 'use update and the call that ends it'), writable: true, configurable: true });
  }
}
