import { agent, scenario } from 'raceproof';

// A spooler directory: `next` says which slot is free. Two processes look before either has moved on: both write to the same slot, and one job is lost.
export default scenario(() => {
  const slots = new Int32Array(new SharedArrayBuffer(4 * 4)); // jobs by their numbers; 0: free
  const next = new Int32Array(new SharedArrayBuffer(4));

  const print = (job: number) => {
    const free = Atomics.load(next, 0);
    Atomics.store(slots, free, job);
    Atomics.store(next, 0, free + 1);
  };

  return {
    tasks: { a: agent(() => print(1)), b: agent(() => print(2)) },
    invariant: () => {
      for (const job of [1, 2]) if (!slots.includes(job)) throw new Error(`job ${job} is lost: another was written to its slot`);
    },
  };
});
