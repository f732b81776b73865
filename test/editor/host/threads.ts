import threads, { type Worker } from 'node:worker_threads';

/** Threads that this process has started since `watchThreads`: the real ones, remembered as they are made. */
export const started: Worker[] = [];

export function watchThreads(): void {
  const Real = threads.Worker;
  threads.Worker = class extends Real {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      started.push(this);
    }
  };
}
