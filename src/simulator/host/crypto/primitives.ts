import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { memoised } from './memo.js';

/** The algorithms that are simulated, as pure functions of bytes. Their code is that of the audited noble libraries, so all is computed as it is in the world. */
const digests = { sha1, sha224, sha256, sha384, sha512 };
const ciphers = { 'aes-256-gcm': gcm, 'chacha20-poly1305': chacha20poly1305 };
const curves = { ed25519, x25519 };

export type DigestName = keyof typeof digests;
export type CipherName = keyof typeof ciphers;
export type CurveName = keyof typeof curves;
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
