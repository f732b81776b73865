import { agent, blockUntil, scenario } from 'raceproof';

const slots = 2; // a power of two would make the remainder a mask
const items = 3;

// The producer moves its end before it has written the slot: the consumer may read what is not there yet.
export default scenario(() => {
  const ring = new Int32Array(new SharedArrayBuffer(4 * slots));
  const ends = new Int32Array(new SharedArrayBuffer(8));
  const [tail, head] = [0, 1]; // how many were put, how many were taken
  const taken = new Int32Array(new SharedArrayBuffer(4 * items));

  const put = (item: number) => {
    const at = Atomics.load(ends, tail);
    blockUntil(() => at - Atomics.load(ends, head) < slots);
    Atomics.store(ends, tail, at + 1);
    ring[at % slots] = item;
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
