import { agent, Mutex, scenario } from 'raceproof';

// A spooler directory: `next` says which slot is free. Looking, writing the name of the job and moving on are one critical section.
export default scenario(() => {
  const slots = new Int32Array(new SharedArrayBuffer(4 * 4)); // jobs by their numbers; 0: free
  const next = new Int32Array(new SharedArrayBuffer(4));
  const mutex = new Mutex();

  const print = (job: number) => {
    mutex.lock();
    const free = Atomics.load(next, 0);
    Atomics.store(slots, free, job);
    Atomics.store(next, 0, free + 1);
    mutex.unlock();
  };

  return {
    tasks: { a: agent(() => print(1)), b: agent(() => print(2)) },
    invariant: () => {
      for (const job of [1, 2]) if (!slots.includes(job)) throw new Error(`job ${job} is lost: another was written to its slot`);
    },
  };
});
