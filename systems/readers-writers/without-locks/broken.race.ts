import { agent, scenario } from 'raceproof';

// No lock at all: a reader may come between the two pages of a write.
export default scenario(() => {
  const book = new Int32Array(new SharedArrayBuffer(8)); // two pages that belong together

  const read = () => {
    const [first, second] = [book[0], book[1]];
    if (first !== second) throw new Error('a reader saw a book that was half written');
  };

  const write = () => {
    book[0]++;
    book[1]++;
  };

  return {
    tasks: { reader: agent(read), writer1: agent(write), writer2: agent(write) },
    invariant: () => book[0] === 2 && book[1] === 2,
  };
});
