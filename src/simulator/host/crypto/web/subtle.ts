import { isAbort, type EventLoop } from '../../../runtime/loop.js';
import type { OpaqueValues } from '../../../runtime/opaque.js';
import { nodeError } from '../../events/errors.js';
import { name as titled } from '../../events/event.js';
import { notSimulated } from '../arguments.js';
import { digest } from '../primitives.js';
import type { Draw } from '../draws.js';
import { copyOf, digestOf, integerOf, nameOf, type Algorithm, type Jwk, type Parameters } from './algorithm.js';
import { cryptoKey, keyPlanOf, type CryptoKey, type KeyMaterial, type KeyPlan } from './crypto-key.js';
import { ecdh, ecdsa, ed25519, x25519 } from './curves.js';
import { failure, missing, wrongType } from './errors.js';
import { aesGcm, hkdf, hmac, pbkdf2 } from './symmetric.js';

const algorithms: Readonly<Record<string, Algorithm>> = { HMAC: hmac, 'AES-GCM': aesGcm, HKDF: hkdf, PBKDF2: pbkdf2, ECDSA: ecdsa, ECDH: ecdh, Ed25519: ed25519, X25519: x25519 };
/** What Node has beside them. */
const others = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP', 'AES-CTR', 'AES-CBC', 'AES-KW', 'Ed448', 'X448'];
const keyUsages = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];
/** Parameters that are bytes, which a caller may change. */
const byteFields = ['iv', 'additionalData', 'salt', 'info'];
const formats = ['raw', 'jwk', 'spki', 'pkcs8'];

export interface SubtleWorld {
  readonly loop: EventLoop;
  readonly opaque: OpaqueValues;
  readonly Promise: PromiseConstructor;
  readonly draw: Draw;
}

/**
 * `crypto.subtle` (Web Cryptography API, section 14). What is given is checked and copied when a method is called; what it does, a thread
 * of the platform does, so that it is done at any later time. A method that is given a value from outside gives one.
 */
export function createSubtle({ loop, opaque, Promise, draw }: SubtleWorld): object {
  const isOurs = Symbol('made by the platform');
  const outside = opaque.make('crypto.subtle') as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

  /** `begin` checks, and gives what is to be computed. */
  function method(title: string, least: number, begin: (...args: readonly unknown[]) => () => unknown) {
    const run = (...args: readonly unknown[]): unknown => {
      if (args.some((arg) => opaque.is(arg) || holdsOpaque(arg))) return outside[title]!(...args);
      return new Promise((resolve, reject) => {
        if (args.length < least) throw nodeError(TypeError, 'ERR_MISSING_ARGS', `Failed to execute '${title}' on 'SubtleCrypto': ${least} argument${least === 1 ? '' : 's'} required, but only ${args.length} present.`);
        const compute = begin(...args);
        loop.addEvent({ label: `crypto.subtle.${title} is done`, fire: () => settle(compute, resolve, reject) });
      });
    };
    return { [title](this: unknown, ...args: readonly unknown[]): unknown {
      return this === subtle ? run(...args) : Promise.reject(nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type SubtleCrypto'));
    } }[title]!;
  }

  function holdsOpaque(value: unknown): boolean {
    return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && Object.values(value).some((part) => opaque.is(part));
  }

  const pairOrKey = (made: KeyMaterial | { readonly publicKey: KeyMaterial; readonly privateKey: KeyMaterial }, { usages: allowed }: Algorithm, isExtractable: boolean, usages: readonly string[]): unknown => {
    if ('type' in made) return cryptoKey({ ...made, isExtractable, usages });
    const half = (material: KeyMaterial, extractable: boolean): CryptoKey => cryptoKey({ ...material, isExtractable: extractable, usages: allowed[material.type]!.filter((usage) => usages.includes(usage)) });
    return { publicKey: half(made.publicKey, true), privateKey: half(made.privateKey, isExtractable) };
  };

  const methods = {
    digest: method('digest', 2, (given, data) => {
      const { name } = digestOf(given);
      const message = copyOf(data, 'data');
      return () => buffer(digest(name, message));
    }),
    generateKey: method('generateKey', 3, (given, extractable, wanted) => {
      const { algorithm, parameters } = chosen(given, 'generate');
      const usages = usagesOf(wanted);
      requireUsages(usages, Object.values(algorithm.usages).flat(), parameters.name);
      const made = algorithm.generate!(parameters, draw);
      if (usages.length === 0 || ('privateKey' in made && !usages.some((usage) => algorithm.usages.private!.includes(usage)))) throw failure('SyntaxError', 'Usages cannot be empty when creating a key.');
      return () => pairOrKey(made, algorithm, Boolean(extractable), usages);
    }),
    importKey: method('importKey', 4, (format, data, given, extractable, wanted) => {
      const { algorithm, parameters } = chosen(given, 'importKey');
      return importing(algorithm, parameters, formatOf(format), data, Boolean(extractable), usagesOf(wanted));
    }),
    exportKey: method('exportKey', 2, (given, key) => {
      const format = formatOf(given);
      const plan = requireKey(key, 'key');
      const algorithm = algorithms[plan.algorithm.name]!;
      if (algorithm.exportKey === undefined) throw failure('NotSupportedError', 'The operation is not supported.');
      if (!plan.isExtractable) throw failure('InvalidAccessError', 'key is not extractable');
      const made = algorithm.exportKey(format, plan);
      return () => (made instanceof Uint8Array ? buffer(made) : { key_ops: [...plan.usages], ext: true, ...made });
    }),
    sign: method('sign', 3, (given, key, data) => {
      const { algorithm, parameters, plan } = using(given, key, 'sign');
      const message = copyOf(data, 'data');
      return () => buffer(algorithm.sign!(parameters, plan, message));
    }),
    verify: method('verify', 4, (given, key, signature, data) => {
      const { algorithm, parameters, plan } = using(given, key, 'verify');
      const [claimed, message] = [copyOf(signature, 'signature'), copyOf(data, 'data')];
      return () => algorithm.verify!(parameters, plan, claimed, message);
    }),
    encrypt: method('encrypt', 3, (given, key, data) => {
      const { algorithm, parameters, plan } = using(given, key, 'encrypt');
      const plain = copyOf(data, 'data');
      return () => buffer(algorithm.encrypt!(parameters, plan, plain));
    }),
    decrypt: method('decrypt', 3, (given, key, data) => {
      const { algorithm, parameters, plan } = using(given, key, 'decrypt');
      const sealed = copyOf(data, 'data');
      return () => buffer(algorithm.decrypt!(parameters, plan, sealed));
    }),
    deriveBits: method('deriveBits', 2, (given, key, length = null) => {
      const { algorithm, parameters, plan } = using(given, key, 'deriveBits');
      const bits = length === null ? null : integerOf(length, 'length', 2 ** 32 - 1);
      return () => buffer(algorithm.deriveBits!(parameters, plan, bits));
    }),
    deriveKey: method('deriveKey', 5, (given, key, derived, extractable, wanted) => {
      const { algorithm, parameters, plan } = using(given, key, 'deriveBits', 'deriveKey');
      const target = chosen(derived, 'importKey', 'keyBits');
      const bits = target.algorithm.keyBits!(target.parameters);
      const usages = usagesOf(wanted);
      return () => importing(target.algorithm, target.parameters, 'raw', algorithm.deriveBits!(parameters, plan, bits), Boolean(extractable), usages)();
    }),
    wrapKey: method('wrapKey', 4, () => notSimulated('crypto.subtle.wrapKey')),
    unwrapKey: method('unwrapKey', 7, () => notSimulated('crypto.subtle.unwrapKey')),
  };

  function importing(algorithm: Algorithm, parameters: Parameters, format: string, data: unknown, isExtractable: boolean, usages: readonly string[]): () => unknown {
    const given = format === 'jwk' ? jwkOf(data, isExtractable, usages) : copyOf(data, 'keyData');
    const material = algorithm.importKey!(format, given, parameters);
    requireUsages(usages, algorithm.usages[material.type]!, parameters.name);
    if (algorithm.exportKey === undefined && isExtractable) throw failure('SyntaxError', `${parameters.name} keys are not extractable`);
    if (usages.length === 0 && material.type !== 'public') throw failure('SyntaxError', `Usages cannot be empty when importing a ${material.type} key.`);
    return () => pairOrKey(material, algorithm, isExtractable, usages);
  }

  class SubtleCrypto {
    constructor(key: unknown) {
      if (key !== isOurs) throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    }
  }
  titled(SubtleCrypto, 'SubtleCrypto');
  for (const [title, value] of Object.entries(methods)) Object.defineProperty(SubtleCrypto.prototype, title, { value, writable: true, enumerable: true, configurable: true });
  const subtle = new SubtleCrypto(isOurs);
  return subtle;
}

function settle(compute: () => unknown, resolve: (value: unknown) => void, reject: (reason: unknown) => void): void {
  try {
    resolve(compute());
  } catch (error) {
    if (isAbort(error)) throw error;
    reject(error);
  }
}

/** The algorithm that is named, and its parameters with all bytes copied. @throws if it is none, is not simulated or does not do that. */
function chosen(given: unknown, ...does: readonly (keyof Algorithm)[]): { readonly algorithm: Algorithm; readonly parameters: Parameters } {
  const asked = nameOf(given).toLowerCase();
  const name = Object.keys(algorithms).find((each) => each.toLowerCase() === asked);
  const other = others.find((each) => each.toLowerCase() === asked);
  if (other !== undefined) notSimulated(`the algorithm ${other}`, `there are ${Object.keys(algorithms).join(', ')}`);
  const algorithm = name === undefined ? undefined : algorithms[name];
  if (name === undefined || algorithm === undefined || does.some((each) => algorithm[each] === undefined)) throw failure('NotSupportedError', 'Unrecognized algorithm name');
  const parameters: Record<string, unknown> & { name: string } = { ...(typeof given === 'object' ? given : {}), name };
  for (const field of does.flatMap((each) => algorithm.needs?.[each] ?? [])) if (parameters[field] === undefined) throw missing(field, `${name}Params`);
  for (const field of byteFields) if (parameters[field] !== undefined) parameters[field] = copyOf(parameters[field], field);
  return { algorithm, parameters };
}

/** As `chosen`, with a key that may be used for it. */
function using(given: unknown, key: unknown, does: 'sign' | 'verify' | 'encrypt' | 'decrypt' | 'deriveBits', usage: string = does): ReturnType<typeof chosen> & { readonly plan: KeyPlan } {
  const use = chosen(given, does);
  const plan = requireKey(key, does.startsWith('derive') ? 'baseKey' : 'key');
  if (!plan.usages.includes(usage)) throw failure('InvalidAccessError', `${does.startsWith('derive') ? 'baseKey does not have' : 'Unable to use this key to'} ${usage}`);
  if (plan.algorithm.name !== use.parameters.name) throw failure('InvalidAccessError', 'Key algorithm mismatch');
  return { ...use, plan };
}

function requireKey(value: unknown, name: string): KeyPlan {
  const plan = keyPlanOf(value);
  if (plan === undefined) throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `${name} is not of type CryptoKey.`);
  return plan;
}

function formatOf(given: unknown): string {
  const format = String(given);
  if (!formats.includes(format)) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `'${format}' is not a valid enum value of type KeyFormat.`);
  return format;
}

function usagesOf(given: unknown): string[] {
  if (typeof given !== 'object' || given === null || !(Symbol.iterator in given)) throw wrongType('keyUsages can not be converted to sequence.');
  const wanted = [...(given as Iterable<unknown>)].map(String);
  const unknown = wanted.find((usage) => !keyUsages.includes(usage));
  if (unknown !== undefined) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `'${unknown}' is not a valid enum value of type KeyUsage.`);
  return wanted;
}

function requireUsages(usages: readonly string[], allowed: readonly string[], name: string): void {
  if (usages.some((usage) => !allowed.includes(usage))) throw failure('SyntaxError', `Unsupported key usage for a ${name} key`);
}

function jwkOf(data: unknown, isExtractable: boolean, usages: readonly string[]): Jwk {
  if (typeof data !== 'object' || data === null) throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'keyData can not be converted to a dictionary.');
  const jwk = { ...data } as Jwk;
  if (isExtractable && jwk['ext'] === false) throw failure('DataError', 'JWK "ext" Parameter and extractable mismatch');
  const allowed = jwk['key_ops'];
  if (Array.isArray(allowed) && usages.some((usage) => !allowed.includes(usage))) throw failure('DataError', 'Key operations and usage mismatch');
  return jwk;
}

function buffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
