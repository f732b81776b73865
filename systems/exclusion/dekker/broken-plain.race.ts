import { agent, scenario } from 'raceproof';

// The same on plain memory. A processor may keep a store in its buffer while it loads something else, so both may read the old `wants` of the
// other: run it with --memory-model tso.
export default scenario(() => {
  const wants = new Int32Array(new SharedArrayBuffer(8));
  const turn = new Int32Array(new SharedArrayBuffer(4));
  const inside = new Int32Array(new SharedArrayBuffer(4));
  const met = new Int32Array(new SharedArrayBuffer(4));

  const enter = (me: number) => {
    const other = 1 - me;
    wants[me] = 1;
    while (wants[other] === 1) {
      if (turn[0] === other) {
        wants[me] = 0;
        while (turn[0] !== me);
        wants[me] = 1;
      } else {
        while (wants[other] === 1);
      }
    }
    if (Atomics.add(inside, 0, 1) > 0) Atomics.store(met, 0, 1); // the critical section
    Atomics.sub(inside, 0, 1);
    turn[0] = other;
    wants[me] = 0;
  };

  return {
    tasks: { first: agent(() => enter(0)), second: agent(() => enter(1)) },
    invariant: () => met[0] === 0,
  };
});
