import { agent, scenario, Semaphore } from 'raceproof';

const slots = 2;
const producers = 2;
const consumers = 2;

// Several producers and consumers with the counting semaphores alone: there is a slot for each, but two of them take the same one.
export default scenario(() => {
  const empty = new Semaphore(slots);
  const full = new Semaphore(0);
  const buffer = new Int32Array(new SharedArrayBuffer(4 * slots));
  const ends = new Int32Array(new SharedArrayBuffer(8)); // how many were put, how many were taken
  const taken = new Int32Array(new SharedArrayBuffer(4)); // their sum

  const put = (item: number) => {
    empty.acquire();
    buffer[ends[0] % slots] = item;
    ends[0]++;
    full.release();
  };

  const take = () => {
    full.acquire();
    const item = buffer[ends[1] % slots];
    ends[1]++;
    empty.release();
    return item;
  };

  const everyone = (count: number, name: string, act: (rank: number) => void) =>
    Object.fromEntries(Array.from({ length: count }, (_, rank) => [`${name}${rank + 1}`, agent(() => act(rank + 1))]));

  return {
    tasks: { ...everyone(producers, 'producer', put), ...everyone(consumers, 'consumer', () => { Atomics.add(taken, 0, take()); }) },
    invariant: () => taken[0] === producers * (producers + 1) / 2,
  };
});
