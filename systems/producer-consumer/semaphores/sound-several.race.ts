import { agent, Mutex, scenario, Semaphore } from 'raceproof';

const slots = 2;
const producers = 2;
const consumers = 2;

// The same buffer for several producers and consumers: here the mutex is what keeps two of them from taking the same slot.
export default scenario(() => {
  const empty = new Semaphore(slots);
  const full = new Semaphore(0);
  const mutex = new Mutex();
  const buffer = new Int32Array(new SharedArrayBuffer(4 * slots));
  const ends = new Int32Array(new SharedArrayBuffer(8)); // how many were put, how many were taken
  const taken = new Int32Array(new SharedArrayBuffer(4)); // their sum

  const put = (item: number) => {
    empty.acquire();
    mutex.lock();
    buffer[ends[0] % slots] = item;
    ends[0]++;
    mutex.unlock();
    full.release();
  };

  const take = () => {
    full.acquire();
    mutex.lock();
    const item = buffer[ends[1] % slots];
    ends[1]++;
    mutex.unlock();
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
