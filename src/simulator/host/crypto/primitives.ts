import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { memoised } from './memo.js';

/** The algorithms that are simulated, as pure functions of bytes. Their code is that of the audited noble libraries, so all is computed as it is in the world. */
const digests = { sha1, sha224, sha256, sha384, sha512 };
const ciphers = { 'aes-256-gcm': gcm, 'chacha20-poly1305': chacha20poly1305 };
const curves = { ed25519, x25519 };
const nistCurves = { p256, p384, p521 };

export type DigestName = keyof typeof digests;
export type CipherName = keyof typeof ciphers;
export type CurveName = keyof typeof curves;
export type NistName = keyof typeof nistCurves;
export const digestNames = Object.keys(digests) as readonly DigestName[];
export const cipherNames = Object.keys(ciphers) as readonly CipherName[];

/** Bytes of an authentication tag, of a key of either cipher, and of a key of either curve. */
export const tagLength = 16;
export const keyLength = 32;

export function digest(name: DigestName, message: Uint8Array): Uint8Array {
  return memoised(name, [message], () => digests[name](message));
}

export function authenticate(name: DigestName, key: Uint8Array, message: Uint8Array): Uint8Array {
  return memoised(`hmac ${name}`, [key, message], () => hmac(digests[name], key, message));
}

export function deriveKey(name: DigestName, ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return memoised(`hkdf ${name} ${length}`, [ikm, salt, info], () => hkdf(digests[name], ikm, salt, info, length));
}

export function digestLength(name: DigestName): number {
  return digests[name].outputLen;
}

/** The ciphertext, and the tag behind it. */
export function encrypt(name: CipherName, key: Uint8Array, nonce: Uint8Array, additional: Uint8Array, plain: Uint8Array): Uint8Array {
  return memoised(name, [key, nonce, additional, plain], () => ciphers[name](key, nonce, additional).encrypt(plain));
}

export function publicKeyOf(curve: CurveName, secret: Uint8Array): Uint8Array {
  return memoised(`public ${curve}`, [secret], () => curves[curve].getPublicKey(secret));
}

export function signature(secret: Uint8Array, message: Uint8Array): Uint8Array {
  return memoised('sign', [secret, message], () => ed25519.sign(message, secret));
}

export function isSignature(given: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (given.length !== 64) return false;
  // Without ZIP 215, which takes more for a signature than OpenSSL does.
  return memoised('verify', [given, message, publicKey], () => Uint8Array.of(Number(ed25519.verify(given, message, publicKey, { zip215: false }))))[0] === 1;
}

/** What both sides share. @throws if the point is of small order. */
export function sharedSecret(secret: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return memoised('x25519', [secret, publicKey], () => x25519.getSharedSecret(secret, publicKey));
}

/** PBKDF2. Rounds count, so a program of many is slow here, too. */
export function stretch(name: DigestName, password: Uint8Array, salt: Uint8Array, rounds: number, length: number): Uint8Array {
  return memoised(`pbkdf2 ${name} ${rounds} ${length}`, [password, salt], () => pbkdf2(digests[name], password, salt, { c: rounds, dkLen: length }));
}

/** AES-GCM with a key of 16, 24 or 32 bytes: the ciphertext, and the tag behind it. */
export function encryptGcm(key: Uint8Array, nonce: Uint8Array, additional: Uint8Array, plain: Uint8Array): Uint8Array {
  return memoised('aes-gcm', [key, nonce, additional, plain], () => gcm(key, nonce, additional).encrypt(plain));
}

/** Undefined if the last `tag` bytes are not those of its tag. */
export function decryptGcm(key: Uint8Array, nonce: Uint8Array, additional: Uint8Array, sealed: Uint8Array, tag: number): Uint8Array | undefined {
  const cipher = sealed.subarray(0, sealed.length - tag);
  // The same stream of key bytes is added both ways; so a tag that is cut short can be checked.
  const plain = encryptGcm(key, nonce, additional, cipher).slice(0, cipher.length);
  const right = encryptGcm(key, nonce, additional, plain);
  return sealed.subarray(cipher.length).every((byte, index) => byte === right[cipher.length + index]) ? plain : undefined;
}

/** Bytes of a scalar, and of a point that is not compressed. */
export function scalarLength(curve: NistName): number {
  return nistCurves[curve].lengths.secretKey!;
}

export function pointLength(curve: NistName): number {
  return nistCurves[curve].lengths.publicKeyUncompressed!;
}

export function ecSecret(curve: NistName, draw: (count: number) => Uint8Array): Uint8Array {
  return nistCurves[curve].utils.randomSecretKey(draw(nistCurves[curve].lengths.seed!));
}

export function ecPoint(curve: NistName, secret: Uint8Array): Uint8Array {
  return memoised(`public ${curve}`, [secret], () => nistCurves[curve].getPublicKey(secret, false));
}

export function isEcPoint(curve: NistName, point: Uint8Array): boolean {
  return memoised(`point ${curve}`, [point], () => Uint8Array.of(Number(nistCurves[curve].utils.isValidPublicKey(point, false))))[0] === 1;
}

/** Of a digest, as two numbers of equal length (IEEE P1363). */
export function ecdsaSignature(curve: NistName, secret: Uint8Array, message: Uint8Array): Uint8Array {
  return memoised(`sign ${curve}`, [secret, message], () => nistCurves[curve].sign(message, secret, { prehash: false, lowS: false }));
}

export function isEcdsaSignature(curve: NistName, given: Uint8Array, message: Uint8Array, point: Uint8Array): boolean {
  if (given.length !== 2 * scalarLength(curve)) return false;
  return memoised(`verify ${curve}`, [given, message, point], () => Uint8Array.of(Number(nistCurves[curve].verify(given, message, point, { prehash: false, lowS: false }))))[0] === 1;
}

/** The first coordinate of the shared point. */
export function ecSharedSecret(curve: NistName, secret: Uint8Array, point: Uint8Array): Uint8Array {
  return memoised(`shared ${curve}`, [secret, point], () => nistCurves[curve].getSharedSecret(secret, point, true)).slice(1);
}
