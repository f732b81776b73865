import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Hex, Ingredients } from './ingredients';

export type Name = 'alice' | 'bob';

/** A pair of keys to sign with. */
export interface Identity { readonly publicKey: KeyObject; readonly privateKey: KeyObject }

export interface Record { readonly count: number; readonly sealed: Hex }

/** One end of a channel. Alice calls, Bob is called. */
export class Channel {
  /** Goes to the other end, so that both can reckon the same secret. */
  readonly half: Hex;
  readonly #ingredients: Ingredients;
  readonly #me: Name;
  readonly #identity: Identity;
  readonly #other: KeyObject;
  readonly #mine = generateKeyPairSync('x25519');
  #transcript = '';
  #secret: Hex = '';
  #sent = 0;
  #received = 0;

  /** `other`: the public key of who is meant to be at the other end, known for long. */
  constructor(ingredients: Ingredients, me: Name, identity: Identity, other: KeyObject) {
    this.#ingredients = ingredients;
    this.#me = me;
    this.#identity = identity;
    this.#other = other;
    this.half = this.#mine.publicKey.export({ format: 'der', type: 'spki' }).toString('hex');
  }

  /** Takes the other half. Nothing says yet whose it is. */
  meet(theirs: Hex): void {
    const publicKey = createPublicKey({ key: Buffer.from(theirs, 'hex'), format: 'der', type: 'spki' });
    this.#secret = diffieHellman({ privateKey: this.#mine.privateKey, publicKey }).toString('hex');
    this.#transcript = this.#me === 'alice' ? `alice ${this.half} bob ${theirs}` : `alice ${theirs} bob ${this.half}`;
  }

  vouch(): Hex {
    return this.#ingredients.vouch(this.#transcript, this.#identity.privateKey);
  }

  isVouched(signature: Hex): boolean {
    return this.#ingredients.isVouched(this.#transcript, this.#other, signature);
  }

  seal(text: string): Record {
    const count = this.#sent++;
    return { count, sealed: this.#ingredients.seal(this.#keyFrom(this.#me), count, text) };
  }

  /** What the other end has said; undefined if it was somebody else, or not its turn. */
  open({ count, sealed }: Record): string | undefined {
    if (!this.#ingredients.isNext(count, this.#received)) return undefined;
    try {
      const text = this.#ingredients.open(this.#keyFrom(this.#me === 'alice' ? 'bob' : 'alice'), count, sealed);
      this.#received++;
      return text;
    } catch {
      return undefined;
    }
  }

  #keyFrom(speaker: Name): Hex {
    return this.#ingredients.keyFrom(speaker, this.#secret, this.#transcript);
  }
}
