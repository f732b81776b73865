import { digest, ecdsaSignature, ecPoint, ecSecret, ecSharedSecret, isEcdsaSignature, isEcPoint, isSignature, keyLength, pointLength, publicKeyOf, scalarLength, sharedSecret, signature, type CurveName, type NistName } from '../primitives.js';
import { notSimulated } from '../arguments.js';
import { hashIn, type Algorithm, type Jwk, type Parameters } from './algorithm.js';
import { keyPlanOf, type KeyMaterial, type KeyPlan } from './crypto-key.js';
import { failure, wrongType } from './errors.js';
import { member, text } from './jwk.js';

/** Ed25519 and X25519 (RFC 8410, Secure Curves in the Web Cryptography API). */
function edwards(name: 'Ed25519' | 'X25519', usages: Algorithm['usages']): Pick<Algorithm, 'usages' | 'generate' | 'importKey' | 'exportKey'> {
  const curve = name.toLowerCase() as CurveName;
  const made = (type: 'public' | 'private', bytes: Uint8Array): KeyMaterial => ({ type, algorithm: { name }, bytes });
  return {
    usages,
    generate: (_parameters, draw) => {
      const bytes = draw(keyLength);
      return { publicKey: made('public', publicKeyOf(curve, bytes)), privateKey: made('private', bytes) };
    },
    importKey: (format, data) => {
      if (format === 'raw') {
        if ((data as Uint8Array).length !== keyLength) throw failure('DataError', 'Invalid raw key');
        return made('public', data as Uint8Array);
      }
      if (format !== 'jwk') notSimulated(`an import of ${name} as ${format}`, 'there are raw and jwk');
      const jwk = data as Jwk;
      if (jwk['kty'] !== 'OKP' || jwk['crv'] !== name || (name === 'Ed25519' && !['Ed25519', 'EdDSA', undefined].includes(jwk['alg'] as string))) throw failure('DataError', 'Invalid JWK');
      const x = member(jwk, 'x', keyLength);
      return jwk['d'] === undefined ? made('public', x) : made('private', member(jwk, 'd', keyLength));
    },
    exportKey: (format, { type, bytes }) => {
      if (format === 'raw') return requirePublic(type, bytes);
      if (format !== 'jwk') notSimulated(`an export of ${name} as ${format}`, 'there are raw and jwk');
      const shared = { crv: name, kty: 'OKP', ...(name === 'Ed25519' && { alg: name }) };
      return type === 'public' ? { ...shared, x: text(bytes) } : { ...shared, d: text(bytes), x: text(publicKeyOf(curve, bytes)) };
    },
  };
}

export const ed25519: Algorithm = {
  ...edwards('Ed25519', { private: ['sign'], public: ['verify'] }),
  sign: (_parameters, key, message) => signature(key.bytes, message),
  verify: (_parameters, key, given, message) => isSignature(given, message, key.bytes),
};

export const x25519: Algorithm = {
  ...edwards('X25519', { private: ['deriveKey', 'deriveBits'], public: [] }),
  needs: { deriveBits: ['public'] },
  deriveBits: (parameters, key, length) => {
    const theirs = otherKey(parameters, key);
    try {
      return leading(sharedSecret(key.bytes, theirs.bytes), length);
    } catch (error) {
      if (error instanceof Error && error.name === 'OperationError') throw error;
      // A point of small order: whatever the key, all would share the same.
      throw failure('OperationError', 'The operation failed');
    }
  },
};

const curves: Readonly<Record<string, NistName>> = { 'P-256': 'p256', 'P-384': 'p384', 'P-521': 'p521' };

const ofCurve = { generate: ['namedCurve'], importKey: ['namedCurve'] };

/** ECDSA and ECDH on the curves of NIST (Web Cryptography API, sections 23 and 24). */
function nist(name: 'ECDSA' | 'ECDH', usages: Algorithm['usages']): Pick<Algorithm, 'usages' | 'generate' | 'importKey' | 'exportKey'> {
  const made = (type: 'public' | 'private', namedCurve: string, bytes: Uint8Array): KeyMaterial => ({ type, algorithm: { name, namedCurve }, bytes });
  return {
    usages,
    generate: (parameters, draw) => {
      const { title, curve } = curveIn(parameters);
      const secret = ecSecret(curve, draw);
      return { publicKey: made('public', title, ecPoint(curve, secret)), privateKey: made('private', title, secret) };
    },
    importKey: (format, data, parameters) => {
      const { title, curve } = curveIn(parameters);
      if (format === 'raw') return made('public', title, validPoint(curve, data as Uint8Array));
      if (format !== 'jwk') notSimulated(`an import of ${name} as ${format}`, 'there are raw and jwk');
      const jwk = data as Jwk;
      if (jwk['kty'] !== 'EC' || jwk['crv'] !== title) throw failure('DataError', 'Invalid JWK');
      const length = scalarLength(curve);
      const point = validPoint(curve, Uint8Array.of(4, ...member(jwk, 'x', length), ...member(jwk, 'y', length)));
      if (jwk['d'] === undefined) return made('public', title, point);
      const secret = member(jwk, 'd', length);
      if (!ecPoint(curve, secret).every((byte, index) => byte === point[index])) throw failure('DataError', 'Invalid keyData');
      return made('private', title, secret);
    },
    exportKey: (format, { type, bytes, algorithm }) => {
      const { title, curve } = curveIn(algorithm);
      if (format === 'raw') return requirePublic(type, bytes);
      if (format !== 'jwk') notSimulated(`an export of ${name} as ${format}`, 'there are raw and jwk');
      const point = type === 'public' ? bytes : ecPoint(curve, bytes);
      const half = scalarLength(curve);
      const shared = { kty: 'EC', x: text(point.subarray(1, 1 + half)), y: text(point.subarray(1 + half)), crv: title };
      return type === 'public' ? shared : { ...shared, d: text(bytes) };
    },
  };
}

/** The number of a signature that OpenSSL draws by chance comes from key and message here (RFC 6979). */
export const ecdsa: Algorithm = {
  ...nist('ECDSA', { private: ['sign'], public: ['verify'] }),
  needs: { ...ofCurve, sign: ['hash'], verify: ['hash'] },
  sign: (parameters, key, message) => ecdsaSignature(curveIn(key.algorithm).curve, key.bytes, digest(hashIn(parameters).name, message)),
  verify: (parameters, key, given, message) => isEcdsaSignature(curveIn(key.algorithm).curve, given, digest(hashIn(parameters).name, message), key.bytes),
};

export const ecdh: Algorithm = {
  ...nist('ECDH', { private: ['deriveKey', 'deriveBits'], public: [] }),
  needs: { ...ofCurve, deriveBits: ['public'] },
  deriveBits: (parameters, key, length) => {
    const theirs = otherKey(parameters, key);
    if (theirs.algorithm['namedCurve'] !== key.algorithm['namedCurve']) throw failure('InvalidAccessError', 'Named curve mismatch');
    return leading(ecSharedSecret(curveIn(key.algorithm).curve, key.bytes, theirs.bytes), length);
  },
};

function curveIn({ namedCurve }: Parameters): { readonly title: string; readonly curve: NistName } {
  const title = String(namedCurve);
  const curve = curves[title];
  if (curve === undefined) throw failure('NotSupportedError', 'Unrecognized namedCurve');
  return { title, curve };
}

function validPoint(curve: NistName, point: Uint8Array): Uint8Array {
  if (point.length === pointLength(curve) && isEcPoint(curve, point)) return point;
  if (point.length === scalarLength(curve) + 1) notSimulated('a compressed point');
  throw failure('DataError', 'Invalid keyData');
}

function requirePublic(type: string, bytes: Uint8Array): Uint8Array {
  if (type !== 'public') throw failure('InvalidAccessError', 'Unable to export a raw key that is not public');
  return bytes.slice();
}

function otherKey({ public: given }: Parameters, { type, algorithm: { name } }: KeyPlan): KeyPlan {
  const theirs = keyPlanOf(given);
  if (theirs === undefined) throw wrongType("'public' in 'EcdhKeyDeriveParams' is not of type CryptoKey");
  if (theirs.type !== 'public') throw failure('InvalidAccessError', 'algorithm.public must be a public key');
  if (type !== 'private') throw failure('InvalidAccessError', 'baseKey must be a private key');
  if (theirs.algorithm.name !== name) throw failure('InvalidAccessError', 'algorithm.public and baseKey are of different algorithms');
  return theirs;
}

/** The first bits; those beyond, in the last byte, are zero. */
function leading(secret: Uint8Array, length: number | null): Uint8Array {
  if (length === null) return secret;
  if (length > secret.length * 8) throw failure('OperationError', 'derived bit length is too small');
  const bytes = secret.slice(0, Math.ceil(length / 8));
  const rest = length % 8;
  if (rest > 0) bytes[bytes.length - 1]! &= 0xff << (8 - rest);
  return bytes;
}
