import { nodeError } from '../../events/errors.js';
import { rawBytes } from '../arguments.js';
import type { Draw } from '../draws.js';
import type { DigestName } from '../primitives.js';
import type { KeyMaterial, KeyPlan, KeyType } from './crypto-key.js';
import { failure, missing, wrongType } from './errors.js';

/** The parameters of a call, its name spelt as it is registered. */
export interface Parameters extends Readonly<Record<string, unknown>> {
  readonly name: string;
}



/** What an algorithm does in the simulator. What is absent it does not do. All of it is a pure function, but for draws. */
export interface Algorithm {
  /** What its keys may be used for. */
  readonly usages: Readonly<Partial<Record<KeyType, readonly string[]>>>;
  generate?(parameters: Parameters, draw: Draw): KeyMaterial | { readonly publicKey: KeyMaterial; readonly privateKey: KeyMaterial };
  importKey?(format: string, data: Uint8Array | Jwk, parameters: Parameters): KeyMaterial;
  exportKey?(format: string, key: KeyPlan): Uint8Array | Jwk;
  sign?(parameters: Parameters, key: KeyPlan, message: Uint8Array): Uint8Array;
  verify?(parameters: Parameters, key: KeyPlan, signature: Uint8Array, message: Uint8Array): boolean;
  encrypt?(parameters: Parameters, key: KeyPlan, plain: Uint8Array): Uint8Array;
  decrypt?(parameters: Parameters, key: KeyPlan, sealed: Uint8Array): Uint8Array;
  /** `length` in bits; null: all there are. */
  deriveBits?(parameters: Parameters, key: KeyPlan, length: number | null): Uint8Array;
  /** Bits of a key that is to be derived; null: as many as there are. */
  keyBits?(parameters: Parameters): number | null;
  /** Parameters that a use cannot do without; looked for before anything else. */
  readonly needs?: Readonly<Partial<Record<keyof Algorithm, readonly string[]>>>;
}

export type Jwk = Readonly<Record<string, unknown>>;

const digests: Readonly<Record<string, DigestName>> = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };

export interface NamedDigest {
  /** As Web Crypto spells it. */
  readonly title: string;
  readonly name: DigestName;
}

/** @throws NotSupportedError for a name that is no digest. */
export function digestOf(given: unknown): NamedDigest {
  const name = nameOf(given).toUpperCase();
  const known = digests[name];
  if (known === undefined) throw failure('NotSupportedError', 'Unrecognized algorithm name');
  return { title: name, name: known };
}

/** The digest that the parameters of another algorithm name. */
export function hashIn({ hash }: Parameters): NamedDigest {
  return digestOf(hash);
}

/** An algorithm is given by its name or as an object that has one. */
export function nameOf(given: unknown): string {
  if ((typeof given !== 'object' && typeof given !== 'function') || given === null) return String(given);
  const { name } = given as { readonly name?: unknown };
  if (name === undefined) throw missing('name', 'Algorithm');
  return String(name);
}

/** A copy of what a caller may change. */
export function copyOf(value: unknown, what: string): Uint8Array {
  const bytes = rawBytes(value);
  if (bytes === undefined) throw wrongType(`${what} is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  return bytes;
}

/** Of an integer that Web IDL converts, within its range. */
export function integerOf(value: unknown, name: string, most: number): number {
  const number = Math.trunc(Number(value));
  if (!Number.isFinite(number) || number < 0 || number > most) throw nodeError(TypeError, 'ERR_OUT_OF_RANGE', `${name} is outside the expected range of 0 to ${most}.`);
  return number;
}
