import { agent, blockUntil, scenario } from 'raceproof';

const items = 2;

// A slot with a flag that says whose turn it is: the producer waits until the slot is empty, the consumer until it is full.
export default scenario(() => {
  const slot = new Int32Array(new SharedArrayBuffer(4));
  const isFull = new Int32Array(new SharedArrayBuffer(4));
  const taken = new Int32Array(new SharedArrayBuffer(4 * items));

  const produce = () => {
    for (let item = 1; item <= items; item++) {
      blockUntil(() => Atomics.load(isFull, 0) === 0);
      slot[0] = item;
      Atomics.store(isFull, 0, 1);
    }
  };

  const consume = () => {
    for (let count = 0; count < items; count++) {
      blockUntil(() => Atomics.load(isFull, 0) === 1);
      taken[count] = slot[0];
      Atomics.store(isFull, 0, 0);
    }
  };

  return {
    tasks: { producer: agent(produce), consumer: agent(consume) },
    invariant: () => {
      if (taken.some((item, rank) => item !== rank + 1)) throw new Error(`1, 2 were produced, and ${[...taken].join(', ')} consumed`);
    },
  };
});
