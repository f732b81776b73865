import { agent, scenario } from 'raceproof';
import { Room } from './room';

// Exclusion: two readers and a writer, and nobody ever reads a book that is half written.
export default scenario(() => {
  const room = new Room();
  const book = new Int32Array(new SharedArrayBuffer(8)); // two pages that belong together

  const read = () => {
    room.enterAsReader();
    if (book[0] !== book[1]) throw new Error('a reader saw a book that was half written');
    room.leaveAsReader();
  };

  const write = () => {
    room.enterAsWriter();
    book[0]++;
    book[1]++;
    room.leaveAsWriter();
  };

  return {
    tasks: { reader1: agent(read), reader2: agent(read), writer: agent(write) },
    invariant: () => book[0] === 1 && book[1] === 1,
  };
});
