import { agent, Mutex, scenario } from 'raceproof';

/** Two locks, taken in opposite orders (SCTBench, deadlock01_bad). */
export default scenario(() => {
  const a = new Mutex();
  const b = new Mutex();
  const counter = new Int32Array(new SharedArrayBuffer(4));
  return {
    tasks: {
      up: agent(() => a.run(() => b.run(() => { counter[0]! += 1; }))),
      down: agent(() => b.run(() => a.run(() => { counter[0]! -= 1; }))),
    },
  };
});
