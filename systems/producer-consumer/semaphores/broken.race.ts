import { agent, Mutex, scenario, Semaphore } from 'raceproof';

const slots = 2;
const items = 3;

// The two waits are swapped: whoever finds no slot, or no item, waits for it with the mutex in its hand, and nobody can bring it one.
export default scenario(() => {
  const empty = new Semaphore(slots);
  const full = new Semaphore(0);
  const mutex = new Mutex();
  const buffer = new Int32Array(new SharedArrayBuffer(4 * slots));
  const ends = new Int32Array(new SharedArrayBuffer(8)); // how many were put, how many were taken
  const taken = new Int32Array(new SharedArrayBuffer(4)); // their sum

  const put = (item: number) => {
    mutex.lock();
    empty.acquire();
    buffer[ends[0] % slots] = item;
    ends[0]++;
    mutex.unlock();
    full.release();
  };

  const take = () => {
    mutex.lock();
    full.acquire();
    const item = buffer[ends[1] % slots];
    ends[1]++;
    mutex.unlock();
    empty.release();
    return item;
  };

  return {
    tasks: {
      producer: agent(() => { for (let item = 1; item <= items; item++) put(item); }),
      consumer: agent(() => { for (let item = 1; item <= items; item++) Atomics.add(taken, 0, take()); }),
    },
    invariant: () => taken[0] === items * (items + 1) / 2,
  };
});
