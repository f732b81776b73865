import { workerData } from 'node:worker_threads';

// A read and a write: another worker may come between them, and even its write may be seen late.
const total = workerData as Int32Array;
total[0] += 1;
