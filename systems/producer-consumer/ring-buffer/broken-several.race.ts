import { agent, blockUntil, scenario } from 'raceproof';

const slots = 2; // a power of two would make the remainder a mask
const items = 2;

// The same ring with two producers: both find the same slot, and one of the items is lost.
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
      producer1: agent(() => put(1)),
      producer2: agent(() => put(2)),
      consumer: agent(() => { for (let count = 0; count < items; count++) taken[count] = take(); }),
    },
    invariant: () => {
      if (taken[0] + taken[1] !== 3) throw new Error(`1 and 2 were produced, and ${[...taken].join(', ')} consumed`);
    },
  };
});
