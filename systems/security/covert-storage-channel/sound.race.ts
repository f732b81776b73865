import { agent, Mutex, scenario } from 'raceproof';

// What both levels use is partitioned: each has a lock of its own, and what high does to one cannot be seen in the other.
export default scenario((secret: number) => {
  const lockOfHigh = new Mutex();
  const lockOfLow = new Mutex();
  const seen = new Int32Array(new SharedArrayBuffer(4));

  const high = () => {
    if (secret === 0) return;
    lockOfHigh.lock();
    lockOfHigh.unlock();
  };

  const low = () => {
    const isFree = lockOfLow.tryLock();
    if (isFree) lockOfLow.unlock();
    seen[0] = isFree ? 1 : 2;
  };

  return { tasks: { high: agent(high), low: agent(low) }, observer: () => (seen[0] === 1 ? 'free' : 'busy') };
}, { secrets: [0, 1] });
