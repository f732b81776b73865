import { agent, scenario } from 'raceproof';

/** The flag that says that the data is there is written after it: no store overtakes another under `tso`, so 1 is never read beside 0. */
export default scenario(() => {
  const data = new Int32Array(new SharedArrayBuffer(4));
  const flag = new Int32Array(new SharedArrayBuffer(4));
  return {
    tasks: {
      sender: agent(() => {
        data[0] = 1;
        flag[0] = 1;
      }),
      receiver: agent(() => [flag[0], data[0]]),
    },
  };
});
