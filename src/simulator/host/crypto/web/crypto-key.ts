import { sealClasses } from '../../../runtime/sealed.js';

export type KeyType = 'secret' | 'public' | 'private';

/** The plain part of a key: what an algorithm makes of a draw or of imported data. */
export interface KeyMaterial {
  readonly type: KeyType;
  /** As `CryptoKey.algorithm` shows it. */
  readonly algorithm: Readonly<Record<string, unknown>> & { readonly name: string };
  /** Of a secret key its bytes; of a curve, the scalar or the encoded point. */
  readonly bytes: Uint8Array;
}

export interface KeyPlan extends KeyMaterial {
  readonly isExtractable: boolean;
  readonly usages: readonly string[];
}

const plans = new WeakMap<object, KeyPlan>();

/** `CryptoKey` (Web Cryptography API, section 13): it never changes, so its use is told to no footprint. */
export class CryptoKey {
  constructor() {
    if (!isMaking) throw Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
  }

  get type(): KeyType { return required(this).type; }
  get extractable(): boolean { return required(this).isExtractable; }
  get algorithm(): object { return copied(required(this).algorithm); }
  get usages(): string[] { return [...required(this).usages]; }
  get [Symbol.toStringTag](): string { return 'CryptoKey'; }
}
sealClasses(CryptoKey);

let isMaking = false;

export function cryptoKey(plan: KeyPlan): CryptoKey {
  isMaking = true;
  const made = new CryptoKey();
  isMaking = false;
  plans.set(made, plan);
  return made;
}

export function keyPlanOf(value: unknown): KeyPlan | undefined {
  return typeof value === 'object' && value !== null ? plans.get(value) : undefined;
}

function required(key: object): KeyPlan {
  const plan = plans.get(key);
  if (plan === undefined) throw new TypeError('Illegal invocation');
  return plan;
}

function copied(algorithm: object): object {
  return Object.fromEntries(Object.entries(algorithm).map(([name, value]) => [name, typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) ? copied(value as object) : value]));
}
