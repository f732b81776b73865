import { agent, blockUntil, scenario } from 'raceproof';

const slots = 2; // a power of two would make the remainder a mask
const items = 2;

// The same ring for two producers: a producer first takes a number that nobody else has, and the slot tells when it has been written.
export default scenario(() => {
  const ring = new Int32Array(new SharedArrayBuffer(4 * slots));
  const ends = new Int32Array(new SharedArrayBuffer(8));
  const [tail, head] = [0, 1]; // how many were put, how many were taken
  const taken = new Int32Array(new SharedArrayBuffer(4 * items));

  const put = (item: number) => {
    const at = Atomics.add(ends, tail, 1);
    blockUntil(() => at - Atomics.load(ends, head) < slots);
    Atomics.store(ring, at % slots, item);
  };

  const take = () => {
    const at = Atomics.load(ends, head);
    blockUntil(() => Atomics.load(ring, at % slots) !== 0);
    const item = Atomics.exchange(ring, at % slots, 0);
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
