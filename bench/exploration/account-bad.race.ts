import { agent, Mutex, scenario } from 'raceproof';

/** What is checked once both transfers are done is wrong (SCTBench, account_bad). */
export default scenario(() => {
  const lock = new Mutex();
  const balance = new Int32Array(new SharedArrayBuffer(4));
  const done = new Int32Array(new SharedArrayBuffer(8));
  const [x, y, z] = [1, 2, 4];
  balance[0] = x;
  return {
    tasks: {
      deposit: agent(() => lock.run(() => {
        balance[0]! += y;
        done[0] = 1;
      })),
      withdraw: agent(() => lock.run(() => {
        balance[0]! -= z;
        done[1] = 1;
      })),
      check: agent(() => lock.run(() => {
        if (done[0] && done[1] && balance[0] !== x - y - z) throw new Error(`the balance is ${balance[0]}`);
      })),
    },
  };
});
