import { agent, Mutex, scenario } from 'raceproof';

/** The second stage follows the first without a lock over both (SCTBench, twostage_bad, one agent of each kind). */
export default scenario(() => {
  const first = new Mutex();
  const second = new Mutex();
  const data = new Int32Array(new SharedArrayBuffer(8));
  return {
    tasks: {
      setter: agent(() => {
        first.run(() => { data[0] = 1; });
        second.run(() => { data[1] = data[0]! + 1; });
      }),
      checker: agent(() => {
        const one = first.run(() => data[0]!);
        if (one === 0) return;
        const two = second.run(() => data[1]!);
        if (two !== one + 1) throw new Error(`the first stage is ${one}, the second ${two}`);
      }),
    },
  };
});
