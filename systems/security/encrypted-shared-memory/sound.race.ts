import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { scenario } from 'raceproof';

// The value is encrypted, carries a tag, and a version that the tag covers. Bob remembers the last version that he has seen, and takes no
// older one.
export default scenario(() => {
  const key = randomBytes(32); // of Alice and Bob
  let memory = Buffer.alloc(0); // everybody can read and write it
  const read: number[] = [];
  const leaked: number[] = [];
  let last = 0;

  const seal = (version: number, value: number) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(Buffer.from([version]));
    return Buffer.concat([Buffer.from([version]), nonce, cipher.update(Buffer.from([value])), cipher.final(), cipher.getAuthTag()]);
  };

  /** Undefined if what is there was not written by Alice, or is older than what was there before. */
  const open = (sealed: Buffer): number | undefined => {
    const version = sealed[0];
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13));
    decipher.setAAD(Buffer.from([version]));
    decipher.setAuthTag(sealed.subarray(14));
    try {
      const value = Buffer.concat([decipher.update(sealed.subarray(13, 14)), decipher.final()])[0];
      if (version < last) return undefined; // put back
      last = version;
      return value;
    } catch {
      return undefined; // altered
    }
  };

  const alice = async () => {
    memory = seal(1, 10);
    await tick();
    memory = seal(2, 20);
  };

  const bob = async () => {
    for (let times = 0; times < 2; times++) {
      const value = memory.length === 0 ? undefined : open(memory);
      if (value !== undefined) read.push(value);
      await tick();
    }
  };

  /** Keeps what it has seen, and puts it back; or changes a bit. */
  const mallory = async () => {
    const copy = memory;
    if (copy.length === 2) leaked.push(copy[1]);
    await tick();
    memory = copy;
  };
  const vandal = () => { if (memory.length > 0) { memory = Buffer.from(memory); memory[memory.length - 1] ^= 1; } };

  const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

  return {
    tasks: { alice, bob, mallory, vandal },
    invariant: () => {
      if (leaked.length > 0) throw new Error(`Mallory has read ${leaked.join()}`);
      if (read.some((value) => value !== 10 && value !== 20)) throw new Error(`Bob has read ${read.join()}, which Alice has not written`);
      if (read[0] === 20 && read[1] === 10) throw new Error('Bob has read 20 and then 10: stale data was put back');
    },
  };
});
