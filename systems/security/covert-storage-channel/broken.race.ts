import { agent, Mutex, scenario } from 'raceproof';

// Two levels on one machine: high knows a secret bit, low must not learn it. They exchange nothing. But both use one lock, and low can try
// whether it is taken: high takes it for a one, and leaves it for a zero.
export default scenario((secret: number) => {
  const lock = new Mutex();
  const lockOfHigh = lock;
  const lockOfLow = lock;
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
