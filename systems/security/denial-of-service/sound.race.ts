import { scenario } from 'raceproof';

const flood = 4;
const patience = 2; // as many may go before an honest client

// Each client has a quota of what may wait. Who sends faster than the server works is told so, and nobody else pays for it.
export default scenario(() => {
  const queue: { client: string; done: () => void }[] = [];
  const served: string[] = [];
  let isWorking = false;
  let ahead = 0; // how many stood before the honest client when it came

  const request = (client: string) => new Promise<boolean>((resolve) => {
    if (isRefused(client)) return resolve(false);
    if (client === 'honest') ahead = queue.length;
    queue.push({ client, done: () => resolve(true) });
    void work();
  });

  /** Whether a request of the client is turned down. */
  const isRefused = (client: string) => queue.filter((job) => job.client === client).length >= patience;

  const work = async () => {
    if (isWorking) return;
    isWorking = true;
    for (let job = queue.shift(); job; job = queue.shift()) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      served.push(job.client);
      job.done();
    }
    isWorking = false;
  };

  return {
    tasks: {
      greedy: () => Promise.all(Array.from({ length: flood }, () => request('greedy'))),
      honest: () => request('honest'),
    },
    invariant: () => {
      if (!served.includes('honest')) throw new Error('the honest client was not served');
      if (ahead > patience) throw new Error(`${ahead} requests stood before the honest client`);
    },
  };
});
