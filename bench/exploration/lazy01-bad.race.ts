import { agent, Mutex, scenario } from 'raceproof';

/** Two add under the lock, one says that the sum stays small (SV-COMP, lazy01_bad). */
export default scenario(() => {
  const lock = new Mutex();
  const data = new Int32Array(new SharedArrayBuffer(4));
  return {
    tasks: {
      one: agent(() => lock.run(() => { data[0]! += 1; })),
      two: agent(() => lock.run(() => { data[0]! += 2; })),
      check: agent(() => lock.run(() => {
        if (data[0]! >= 3) throw new Error('both have added');
      })),
    },
  };
});
