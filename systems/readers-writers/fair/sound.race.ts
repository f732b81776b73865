import { agent, scenario } from 'raceproof';
import { Room } from './room';

// Exclusion and fairness at once: nobody reads a book that is half written, and nobody who came later goes in before.
export default scenario(() => {
  const room = new Room();
  const book = new Int32Array(new SharedArrayBuffer(8)); // two pages that belong together
  const atTheDoor = new Int32Array(new SharedArrayBuffer(4));
  const overtaken = new Int32Array(new SharedArrayBuffer(4));

  const read = () => {
    const isLate = Atomics.load(atTheDoor, 0) === 1;
    room.enterAsReader();
    if (isLate && Atomics.load(atTheDoor, 0) === 1) Atomics.add(overtaken, 0, 1);
    if (book[0] !== book[1]) throw new Error('a reader saw a book that was half written');
    room.leaveAsReader();
  };

  const write = () => {
    room.enterAsWriter(() => Atomics.store(atTheDoor, 0, 1));
    Atomics.store(atTheDoor, 0, 0);
    book[0]++;
    book[1]++;
    room.leaveAsWriter();
  };

  const twice = () => { read(); read(); };

  return {
    tasks: { reader1: agent(twice), reader2: agent(read), writer: agent(write) },
    invariant: () => {
      if (overtaken[0] > 0) throw new Error(`the writer was overtaken ${overtaken[0]} times while it stood at the door`);
      if (book[0] !== 1 || book[1] !== 1) throw new Error('something that was written got lost');
    },
  };
});
