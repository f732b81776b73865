import { createCipheriv, createDecipheriv, createHash, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';

/** Bytes, as text in hexadecimal. */
export type Hex = string;
const bytesOf = (hex: Hex) => Buffer.from(hex, 'hex');

/** A number used once: the counter, as the twelve bytes that the cipher wants. */
const nonceOf = (count: number) => bytesOf(count.toString(16).padStart(24, '0'));

/** What a secure channel is made of. Every broken variant leaves out one. */
export const ingredients = {
  /** Authentication: who I am, by a signature of both halves of the key. */
  vouch: (transcript: string, mine: KeyObject): Hex => sign(null, Buffer.from(transcript), mine).toString('hex'),
  isVouched: (transcript: string, theirs: KeyObject, signature: Hex) => verify(null, Buffer.from(transcript), theirs, bytesOf(signature)),

  /** A key for each direction: what one side has sealed is nothing that the other side can have said. */
  keyFrom: (speaker: string, secret: Hex, transcript: string): Hex => Buffer.from(hkdfSync('sha256', bytesOf(secret), transcript, `from ${speaker}`, 32)).toString('hex'),

  /** Confidentiality and integrity: a cipher, and a tag of 16 bytes behind it. */
  seal: (key: Hex, count: number, text: string): Hex => {
    const cipher = createCipheriv('aes-256-gcm', bytesOf(key), nonceOf(count));
    cipher.setAAD(Buffer.from(`record ${count}`));
    return cipher.update(text, 'utf8', 'hex') + cipher.final('hex') + cipher.getAuthTag().toString('hex');
  },
  /** @throws if something was altered. */
  open: (key: Hex, count: number, sealed: Hex): string => {
    const decipher = createDecipheriv('aes-256-gcm', bytesOf(key), nonceOf(count));
    decipher.setAAD(Buffer.from(`record ${count}`));
    decipher.setAuthTag(bytesOf(sealed.slice(-32)));
    return decipher.update(sealed.slice(0, -32), 'hex', 'utf8') + decipher.final('utf8');
  },

  /** No replay, and no other order: each record has the one number that is due. */
  isNext: (count: number, due: number) => count === due,

  /** The audit trail: each head is a hash of all that was said so far. */
  chain: (head: Hex, text: string): Hex => createHash('sha256').update(head).update(text).digest('hex'),

  /** Non-repudiation: a statement about all of it that only its author can make, and everybody can check. */
  state: (head: Hex, mine: KeyObject): Hex => sign(null, bytesOf(head), mine).toString('hex'),
  isStated: (head: Hex, theirs: KeyObject, statement: Hex) => verify(null, bytesOf(head), theirs, bytesOf(statement)),
};

export type Ingredients = typeof ingredients;
