import { agent, blockUntil, scenario } from 'raceproof';

const slots = 2; // a power of two would make the remainder a mask
const items = 3;

// Lamport's ring buffer for one producer and one consumer, without any lock: each end is written by one side only, and it is moved after
// the slot has been written, or read.
export default scenario(() => {
  const ring = new Int32Array(new SharedArrayBuffer(4 * slots));
  const ends = new Int32Array(new SharedArrayBuffer(8));
  const [tail, head] = [0, 1]; // how many were put, how many were taken
  const taken = new Int32Array(new SharedArrayBuffer(4 * items));

  const put = (item: number) => {
    const at = Atomics.load(ends, tail);
    blockUntil(() => at - Atomics.load(ends, head) < slots);
    ring[at % slots] = item;
    Atomics.store(ends, tail, at + 1);
  };

  const take = () => {
    const at = Atomics.load(ends, head);
    blockUntil(() => Atomics.load(ends, tail) > at);
    const item = ring[at % slots];
    Atomics.store(ends, head, at + 1);
    return item;
  };

  return {
    tasks: {
      producer: agent(() => { for (let item = 1; item <= items; item++) put(item); }),
      consumer: agent(() => { for (let count = 0; count < items; count++) taken[count] = take(); }),
    },
    invariant: () => {
      if (taken.some((item, rank) => item !== rank + 1)) throw new Error(`1, 2, 3 were produced, and ${[...taken].join(', ')} consumed`);
    },
  };
});
