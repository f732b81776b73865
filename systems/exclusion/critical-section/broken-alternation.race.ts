import { agent, blockUntil, scenario } from 'raceproof';

// Third attempt: take turns. Nobody meets anybody, but whoever has had its turn needs the other one to come, though nobody is inside.
export default scenario(() => {
  const turn = new Int32Array(new SharedArrayBuffer(4));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = (me: number) => {
    blockUntil(() => Atomics.load(turn, 0) === me);
    count[0]++; // the critical section
    Atomics.store(turn, 0, 1 - me);
  };

  return {
    tasks: { eager: agent(() => { enter(0); enter(0); enter(0); }), lazy: agent(() => enter(1)) },
    invariant: () => count[0] === 4,
  };
});
