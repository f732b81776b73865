import type { BufferConstructor } from '../buffer/index.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import { bytesOf, invalidValue, notSimulated, requireText } from './arguments.js';
import { givenKey, keyObject, planOf, publicPart, type KeyPlan } from './keys.js';
import { isSignature, keyLength, sharedSecret, signature, type CurveName } from './primitives.js';

function opensslError(library: string, reason: string, number: string): Error {
  const code = `ERR_OSSL_${library === 'Provider routines' ? '' : 'EVP_'}${reason.toUpperCase().replaceAll(' ', '_')}`;
  return Object.assign(nodeError(Error, code, `error:${number}:${library}::${reason}`), { library, reason });
}

function requireSigning(algorithm: unknown, curve: CurveName): void {
  if (curve !== 'ed25519') throw opensslError('digital envelope routines', 'operation not supported for this keytype', '03000096');
  if (algorithm !== null && algorithm !== undefined) throw opensslError('Provider routines', 'invalid digest', '1C80007A');
}

/** `crypto.sign`, for Ed25519. */
export function sign(Buffer: BufferConstructor, algorithm: unknown, data: unknown, key: unknown, callback: unknown): Uint8Array {
  if (callback !== undefined) notSimulated('crypto.sign with a callback', 'call it without one');
  if (algorithm !== null && algorithm !== undefined) requireText('algorithm', algorithm);
  const message = bytesOf('data', data, 'any');
  if (!key) throw nodeError(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
  const { curve, bytes } = givenKey(key, 'private');
  requireSigning(algorithm, curve);
  return Buffer.from(signature(bytes, message));
}

/** `crypto.verify`, for Ed25519. */
export function verify(algorithm: unknown, data: unknown, key: unknown, given: unknown, callback: unknown): boolean {
  if (callback !== undefined) notSimulated('crypto.verify with a callback', 'call it without one');
  if (algorithm !== null && algorithm !== undefined) requireText('algorithm', algorithm);
  const message = bytesOf('data', data, 'any');
  const claimed = bytesOf('signature', given, 'view');
  const { curve, bytes } = givenKey(key, 'public');
  requireSigning(algorithm, curve);
  return isSignature(claimed, message, bytes);
}

/** `crypto.diffieHellman`, for X25519. */
export function diffieHellman(Buffer: BufferConstructor, options: unknown): Uint8Array {
  if (typeof options !== 'object' || options === null) throw invalidArgument('options', 'of type object', options);
  const { privateKey, publicKey } = options as { privateKey?: unknown; publicKey?: unknown };
  const [mine, theirs] = [planOf(privateKey), planOf(publicKey)];
  if (mine === undefined) throw invalidValue('options.privateKey', privateKey);
  if (theirs === undefined) throw invalidValue('options.publicKey', publicKey);
  if (mine.type !== 'private') throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${mine.type}, expected private.`);
  if (theirs.curve === undefined) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${theirs.type}, expected private or public.`);
  if (mine.curve !== 'x25519' || theirs.curve !== 'x25519') throw nodeError(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY', `Incompatible key types for Diffie-Hellman: ${mine.curve} and ${theirs.curve}`);
  return Buffer.from(secretOf(mine.bytes, publicPart({ ...theirs, curve: 'x25519' }).bytes));
}

function secretOf(mine: Uint8Array, theirs: Uint8Array): Uint8Array {
  try {
    return sharedSecret(mine, theirs);
  } catch {
    // A point of small order: whatever the key, all would share the same.
    throw opensslError('Provider routines', 'failed during derivation', '1C8000A4');
  }
}

/** `crypto.generateKeyPairSync`, from the bytes of a draw. */
export function generateKeyPair(Buffer: BufferConstructor, draw: (count: number) => Uint8Array, type: unknown, options: unknown): { publicKey: unknown; privateKey: unknown } {
  const name = requireText('type', type);
  if (name !== 'ed25519' && name !== 'x25519') {
    if (/^(rsa|rsa-pss|dsa|ec|ed448|x448|dh)$/.test(name)) notSimulated(`a key pair of type ${name}`, 'there are ed25519 and x25519');
    throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' must be a supported key type. Received '${name}'`);
  }
  const { publicKeyEncoding, privateKeyEncoding } = (options ?? {}) as { publicKeyEncoding?: unknown; privateKeyEncoding?: unknown };
  const secret = { type: 'private', curve: name, bytes: draw(keyLength) } as const;
  const given = (plan: KeyPlan, encoding: unknown): unknown => {
    const key = keyObject(Buffer, plan);
    return encoding === undefined ? key : key.export(encoding);
  };
  return { publicKey: given(publicPart(secret), publicKeyEncoding), privateKey: given(secret, privateKeyEncoding) };
}
