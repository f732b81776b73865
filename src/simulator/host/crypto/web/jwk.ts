import { decode, encode } from '../../buffer/encodings.js';
import type { Jwk } from './algorithm.js';
import { failure } from './errors.js';

/** What a JSON Web Key (RFC 7517) of a symmetric key holds; `alg` must be the expected one if it is there. */
export function bytesOfOct({ kty, k, alg }: Jwk, expected: string): Uint8Array {
  if (kty !== 'oct' || typeof k !== 'string') throw failure('DataError', 'Invalid keyData');
  if (alg !== undefined && alg !== expected) throw failure('DataError', 'JWK "alg" does not match the requested algorithm');
  return encode(k, 'base64url');
}

export function text(bytes: Uint8Array): string {
  return decode(bytes, 'base64url');
}

/** A member that holds bytes. */
export function member(jwk: Jwk, name: string, length: number): Uint8Array {
  const given = jwk[name];
  const bytes = typeof given === 'string' ? encode(given, 'base64url') : undefined;
  if (bytes?.length !== length) throw failure('DataError', 'Invalid keyData');
  return bytes;
}
