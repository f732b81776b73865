import { sealClasses } from '../../runtime/sealed.js';
import { decode, encode } from '../buffer/encodings.js';
import type { BufferConstructor } from '../buffer/index.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import { invalidValue, joined, kinds, notSimulated, rawBytes } from './arguments.js';
import { keyLength, publicKeyOf, type CurveName } from './primitives.js';

export type KeyType = 'secret' | 'public' | 'private';

/** A key as plain bytes; `curve` is absent for a secret one. */
export interface KeyPlan {
  readonly type: KeyType;
  readonly curve?: CurveName;
  readonly bytes: Uint8Array;
}

const plans = new WeakMap<object, KeyPlan & { readonly Buffer: BufferConstructor }>();

/** The bytes behind a KeyObject; undefined for every other value. */
export function planOf(value: unknown): KeyPlan | undefined {
  return typeof value === 'object' && value !== null ? plans.get(value) : undefined;
}

/** `crypto.KeyObject`: it never changes, so its use is told to no footprint. */
export class KeyObject {
  constructor() {
    if (!(new.target === SecretKeyObject || new.target === PublicKeyObject || new.target === PrivateKeyObject)) throw invalidArgument('handle', 'of type object', undefined);
  }

  get type(): KeyType {
    return required(this).type;
  }

  get symmetricKeySize(): number | undefined {
    const { type, bytes } = required(this);
    return type === 'secret' ? bytes.length : undefined;
  }

  get asymmetricKeyType(): CurveName | undefined {
    return required(this).curve;
  }

  get asymmetricKeyDetails(): object | undefined {
    return required(this).curve === undefined ? undefined : {};
  }

  get [Symbol.toStringTag](): string {
    return 'KeyObject';
  }

  equals(other: unknown): boolean {
    const [mine, theirs] = [required(this), planOf(other)];
    if (theirs === undefined) throw invalidArgument('otherKeyObject', 'an instance of KeyObject', other);
    return mine.type === theirs.type && mine.curve === theirs.curve && mine.bytes.length === theirs.bytes.length && mine.bytes.every((byte, index) => byte === theirs.bytes[index]);
  }

  export(options?: unknown): unknown {
    const { Buffer, ...plan } = required(this);
    return exported(Buffer, plan, options);
  }
}
class SecretKeyObject extends KeyObject {}
class PublicKeyObject extends KeyObject {}
class PrivateKeyObject extends KeyObject {}
sealClasses(KeyObject, SecretKeyObject, PublicKeyObject, PrivateKeyObject);

const classes = { secret: SecretKeyObject, public: PublicKeyObject, private: PrivateKeyObject };

export function keyObject(Buffer: BufferConstructor, plan: KeyPlan): KeyObject {
  const made = new classes[plan.type]();
  plans.set(made, { ...plan, Buffer });
  return made;
}

function required(value: object): KeyPlan & { readonly Buffer: BufferConstructor } {
  const plan = plans.get(value);
  if (plan === undefined) throw new TypeError('Illegal invocation');
  return plan;
}

const jwkNames: Readonly<Record<CurveName, string>> = { ed25519: 'Ed25519', x25519: 'X25519' };
/** What stands before the bytes of a key of these curves in DER (RFC 8410), in hex; the last byte but one of the identifier names the curve. */
const prefixes = { public: (curve: CurveName) => `302a300506032b65${identifiers[curve]}032100`, private: (curve: CurveName) => `302e020100300506032b65${identifiers[curve]}04220420` };
const identifiers: Readonly<Record<CurveName, string>> = { ed25519: '70', x25519: '6e' };
const encodingTypes = { public: 'spki', private: 'pkcs8' } as const;
const labels = { public: 'PUBLIC KEY', private: 'PRIVATE KEY' } as const;

function der(type: 'public' | 'private', curve: CurveName, bytes: Uint8Array): Uint8Array {
  return joined([encode(prefixes[type](curve), 'hex'), bytes]);
}

function exported(Buffer: BufferConstructor, { type, curve, bytes }: KeyPlan, given: unknown): unknown {
  if (type === 'secret' && given === undefined) return Buffer.from(bytes);
  if (typeof given !== 'object' || given === null) throw invalidArgument('options', 'of type object', given);
  const options = given as { format?: unknown; type?: unknown; cipher?: unknown };
  if (type === 'secret' || curve === undefined) {
    if (options.format === 'jwk') return { kty: 'oct', k: decode(bytes, 'base64url') };
    if (options.format === undefined || options.format === 'buffer') return Buffer.from(bytes);
    throw invalidValue('options.format', options.format);
  }
  if (options.cipher !== undefined) notSimulated('an encrypted private key');
  if (options.format === 'jwk') return jwkOf({ type, curve, bytes });
  if (options.format !== 'pem' && options.format !== 'der') throw invalidValue('options.format', options.format);
  if (options.type !== encodingTypes[type]) throw invalidValue('options.type', options.type);
  const whole = der(type, curve, bytes);
  return options.format === 'der' ? Buffer.from(whole) : `-----BEGIN ${labels[type]}-----\n${decode(whole, 'base64')}\n-----END ${labels[type]}-----\n`;
}

function jwkOf({ type, curve, bytes }: KeyPlan & { readonly curve: CurveName }): object {
  const text = (part: Uint8Array): string => decode(part, 'base64url');
  return type === 'public' ? { crv: jwkNames[curve], x: text(bytes), kty: 'OKP' } : { crv: jwkNames[curve], d: text(bytes), x: text(publicKeyOf(curve, bytes)), kty: 'OKP' };
}

function invalidKeyType(type: KeyType, expected: string): Error {
  return nodeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${type}, expected ${expected}.`);
}

/** The public part of a key. */
export function publicPart(plan: KeyPlan & { readonly curve: CurveName }): KeyPlan & { readonly curve: CurveName } {
  return plan.type === 'public' ? plan : { type: 'public', curve: plan.curve, bytes: publicKeyOf(plan.curve, plan.bytes) };
}

type CurveKey = KeyPlan & { readonly curve: CurveName };

/** A key given to a call: a KeyObject, PEM, or an object with `key`. `private`: only such a one will do; `public`: a private one holds it, too. */
export function givenKey(given: unknown, wanted: 'private' | 'public'): CurveKey {
  const key = planOf(given) ?? planOf((given as { key?: unknown } | null | undefined)?.key);
  if (key === undefined) return importedKey(given, wanted);
  if (key.curve === undefined || (wanted === 'private' && key.type !== 'private')) throw invalidKeyType(key.type, wanted === 'private' ? 'private' : 'private or public');
  return wanted === 'private' ? (key as CurveKey) : publicPart(key as CurveKey);
}

/** A key from its bytes: PEM, DER or JWK. */
export function importedKey(given: unknown, wanted: 'private' | 'public'): CurveKey {
  const isPlain = typeof given === 'string' || ArrayBuffer.isView(given) || given instanceof ArrayBuffer;
  if (!isPlain && (typeof given !== 'object' || given === null || !('key' in given))) throw invalidArgument('key', wanted === 'private' && planOf(given) ? kinds.any : kinds.key, given);
  const { key, format = 'pem' } = (isPlain ? { key: given } : given) as { key: unknown; format?: unknown };
  if (format === 'jwk') return fromJwk(key, wanted);
  if (format !== 'pem' && format !== 'der') throw invalidValue('options.format', format);
  const bytes = typeof key === 'string' ? encode(key, 'utf8') : rawBytes(key);
  if (bytes === undefined) throw invalidArgument('key.key', kinds.key, key);
  const found = format === 'der' ? fromDer(bytes) : fromDer(encode(/-----BEGIN [A-Z ]+-----([\s\S]*?)-----END/.exec(decode(bytes, 'latin1'))?.[1] ?? '', 'base64'));
  if (found === undefined || (wanted === 'private' && found.type !== 'private')) notSimulated(`a key in ${format} that is none of Ed25519 or X25519 (${wanted})`);
  return wanted === 'private' ? found : publicPart(found);
}

function fromDer(bytes: Uint8Array): CurveKey | undefined {
  for (const curve of ['ed25519', 'x25519'] as const) {
    for (const type of ['public', 'private'] as const) {
      const prefix = prefixes[type](curve);
      if (decode(bytes, 'hex').startsWith(prefix) && bytes.length === prefix.length / 2 + keyLength) return { type, curve, bytes: bytes.slice(-keyLength) };
    }
  }
  return undefined;
}

function fromJwk(given: unknown, wanted: 'private' | 'public'): CurveKey {
  const { kty, crv, x, d } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const curve = (['ed25519', 'x25519'] as const).find((each) => jwkNames[each] === crv);
  if (kty !== 'OKP' || curve === undefined) notSimulated('a JWK that is none of Ed25519 or X25519');
  const text = wanted === 'private' ? d : x;
  const bytes = typeof text === 'string' ? encode(text, 'base64url') : new Uint8Array(0);
  if (bytes.length !== keyLength) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_JWK', 'Invalid JWK data');
  return { type: wanted, curve, bytes };
}

/** Key bytes of a symmetric call: a secret KeyObject, or bytes. */
export function secretBytes(given: unknown): Uint8Array | undefined {
  const plan = planOf(given);
  if (plan !== undefined && plan.type !== 'secret') throw invalidKeyType(plan.type, 'secret');
  return plan?.bytes;
}
