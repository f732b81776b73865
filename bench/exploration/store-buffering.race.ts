import { agent, scenario } from 'raceproof';

/** Each writes its own and reads the other's: under `tso`, and only there, both may read 0. */
export default scenario(() => {
  const x = new Int32Array(new SharedArrayBuffer(4));
  const y = new Int32Array(new SharedArrayBuffer(4));
  return {
    tasks: {
      a: agent(() => {
        x[0] = 1;
        return y[0];
      }),
      b: agent(() => {
        y[0] = 1;
        return x[0];
      }),
    },
  };
});
