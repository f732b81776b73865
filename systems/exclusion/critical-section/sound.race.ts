import { agent, Mutex, scenario } from 'raceproof';

// A critical section: what only one at a time may do. Whoever holds the mutex is inside.
export default scenario(() => {
  const mutex = new Mutex();
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    mutex.lock();
    count[0]++; // the critical section
    mutex.unlock();
  };

  return {
    tasks: { first: agent(() => enter()), second: agent(() => enter()) },
    invariant: () => count[0] === 2,
  };
});
