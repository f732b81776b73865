import { agent, scenario } from 'raceproof';
import { Room } from './room';

// Fairness: once a reader stands at the door, a writer who comes later may go in before it once, but not again and again.
export default scenario(() => {
  const room = new Room();
  const atTheDoor = new Int32Array(new SharedArrayBuffer(4));
  const overtaken = new Int32Array(new SharedArrayBuffer(4));

  const read = () => {
    room.enterAsReader(() => Atomics.store(atTheDoor, 0, 1));
    Atomics.store(atTheDoor, 0, 0);
    room.leaveAsReader();
  };

  const write = () => {
    const isLate = Atomics.load(atTheDoor, 0) === 1;
    room.enterAsWriter();
    if (isLate && Atomics.load(atTheDoor, 0) === 1) Atomics.add(overtaken, 0, 1);
    room.leaveAsWriter();
  };

  const twice = () => { write(); write(); };

  return {
    tasks: { writer1: agent(twice), writer2: agent(write), reader: agent(read) },
    invariant: () => {
      if (overtaken[0] > 1) throw new Error(`the reader was overtaken ${overtaken[0]} times while it stood at the door`);
    },
  };
});
