import { agent, Mutex, scenario } from 'raceproof';

// A third process takes the lock now and then, so low may find it busy with either secret, and nothing that low sees is impossible with the other one: so far there
// is noninterference. But what low sees still depends on the secret, as often as high is the one who has it. The stricter demand, observational determinism, is
// that low sees one and the same, whatever the secret and whatever the schedule.
export default scenario((secret: number) => {
  const lock = new Mutex();
  const lockOfHigh = lock;
  const lockOfLow = lock;
  const lockOfNoise = lock;
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
