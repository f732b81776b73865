import { agent, scenario } from 'raceproof';
import { Room } from './room';

// Fairness: once the writer stands at the door, a reader who comes later may go in before it once, but not again and again.
export default scenario(() => {
  const room = new Room();
  const atTheDoor = new Int32Array(new SharedArrayBuffer(4));
  const overtaken = new Int32Array(new SharedArrayBuffer(4));

  const read = () => {
    const isLate = Atomics.load(atTheDoor, 0) === 1;
    room.enterAsReader();
    if (isLate && Atomics.load(atTheDoor, 0) === 1) Atomics.add(overtaken, 0, 1);
    room.leaveAsReader();
  };

  const write = () => {
    room.enterAsWriter(() => Atomics.store(atTheDoor, 0, 1));
    Atomics.store(atTheDoor, 0, 0);
    room.leaveAsWriter();
  };

  const twice = () => { read(); read(); };

  return {
    tasks: { reader1: agent(twice), reader2: agent(read), writer: agent(write) },
    invariant: () => {
      if (overtaken[0] > 1) throw new Error(`the writer was overtaken ${overtaken[0]} times while it stood at the door`);
    },
  };
});
