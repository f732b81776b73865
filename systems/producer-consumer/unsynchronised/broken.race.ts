import { agent, scenario } from 'raceproof';

const items = 2;

// A slot, and nobody who waits for anybody: the producer writes over what was not taken yet, the consumer takes what it has taken before.
export default scenario(() => {
  const slot = new Int32Array(new SharedArrayBuffer(4));
  const taken = new Int32Array(new SharedArrayBuffer(4 * items));

  const produce = () => {
    for (let item = 1; item <= items; item++) slot[0] = item;
  };

  const consume = () => {
    for (let count = 0; count < items; count++) taken[count] = slot[0];
  };

  return {
    tasks: { producer: agent(produce), consumer: agent(consume) },
    invariant: () => {
      if (taken.some((item, rank) => item !== rank + 1)) throw new Error(`1, 2 were produced, and ${[...taken].join(', ')} consumed`);
    },
  };
});
