import { scenario } from 'raceproof';

// Alice leaves a value in memory that a third party can read and write. In plain text it is read, altered and put back, and Bob
// notices nothing.
export default scenario(() => {
  let memory = Buffer.alloc(0); // everybody can read and write it
  const read: number[] = [];
  const leaked: number[] = [];

  const seal = (version: number, value: number) => {
    return Buffer.from([version, value]);
  };

  /** Undefined if what is there was not written by Alice, or is older than what was there before. */
  const open = (sealed: Buffer): number | undefined => {
    return sealed[1];
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
