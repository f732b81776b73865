import { workerData } from 'node:worker_threads';

// One step, which nobody can come between, and which whoever looks later sees.
const total = workerData as Int32Array;
Atomics.add(total, 0, 1);
