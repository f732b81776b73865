import { agent, Mutex, scenario } from 'raceproof';

// A lock for each: low finds its own one free, whatever the secret is and whoever else is at work. There is one thing to be seen, not only the same things.
export default scenario((secret: number) => {
  const lockOfHigh = new Mutex();
  const lockOfLow = new Mutex();
  const lockOfNoise = new Mutex();
  const seen = new Int32Array(new SharedArrayBuffer(4));

  const high = () => {
    if (secret === 0) return;
    lockOfHigh.lock();
    lockOfHigh.unlock();
  };

  const noise = () => {
    lockOfNoise.lock();
    lockOfNoise.unlock();
  };

  const low = () => {
    const isFree = lockOfLow.tryLock();
    if (isFree) lockOfLow.unlock();
    seen[0] = isFree ? 1 : 2;
  };

  return { tasks: { high: agent(high), low: agent(low), noise: agent(noise) }, observer: () => (seen[0] === 1 ? 'free' : 'busy') };
}, { secrets: [0, 1], noninterference: 'observational-determinism' });
