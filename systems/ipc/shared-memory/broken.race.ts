import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { scenario } from 'raceproof';

// Two workers count into the same memory. What each does is in plain-counter.ts.
export default scenario(() => {
  const total = new Int32Array(new SharedArrayBuffer(4));

  const count = async () => {
    const workers = [1, 2].map(() => new Worker(new URL('./plain-counter.ts', import.meta.url), { workerData: total }));
    await Promise.all(workers.map((worker) => once(worker, 'exit')));
    return total[0];
  };

  return {
    tasks: { main: count },
    invariant: () => {
      if (total[0] !== 2) throw new Error(`two workers have counted to ${total[0]}`);
    },
  };
});
