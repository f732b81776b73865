import { scenario } from 'raceproof';

const flood = 5;
const patience = 2; // as many may go before an honest client

// Each client has a quota of what may wait, and whoever has used it up waits with the next one (backpressure): nothing is refused, and a client that sends faster
// than the server works is as slow as the server.
export default scenario(() => {
  const queue: { client: string; done: () => void }[] = [];
  const served: string[] = [];
  let isWorking = false;
  let ahead = 0; // how many stood before the honest client when it came

  const request = async (client: string) => {
    while (isFull(client)) await oneServed();
    await new Promise<void>((resolve) => {
      if (client === 'honest') ahead = queue.length;
      queue.push({ client, done: resolve });
      void work();
    });
  };

  /** Whether a client has as much waiting as it may. */
  const isFull = (client: string) => queue.filter((job) => job.client === client).length >= patience;

  const wake: (() => void)[] = [];
  const oneServed = () => new Promise<void>((resolve) => wake.push(resolve));

  const work = async () => {
    if (isWorking) return;
    isWorking = true;
    for (let job = queue.shift(); job; job = queue.shift()) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      served.push(job.client);
      job.done();
      for (const go of wake.splice(0)) go();
    }
    isWorking = false;
  };

  return {
    tasks: {
      greedy: () => Promise.all(Array.from({ length: flood }, () => request('greedy'))),
      honest: () => request('honest'),
    },
    invariant: () => {
      if (served.length !== flood + 1) throw new Error(`${flood + 1} requests were made, and ${served.length} served`);
      if (ahead > patience) throw new Error(`${ahead} requests stood before the honest client`);
    },
  };
});
