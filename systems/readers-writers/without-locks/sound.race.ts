import { agent, blockUntil, scenario } from 'raceproof';

// No lock for readers either, but a sequence number: odd while somebody writes. A reader who finds that it has changed reads again.
export default scenario(() => {
  const book = new Int32Array(new SharedArrayBuffer(8)); // two pages that belong together
  const sequence = new Int32Array(new SharedArrayBuffer(4));

  const read = () => {
    let before: number, first: number, second: number;
    do {
      blockUntil(() => Atomics.load(sequence, 0) % 2 === 0);
      before = Atomics.load(sequence, 0);
      [first, second] = [Atomics.load(book, 0), Atomics.load(book, 1)];
    } while (before % 2 === 1 || Atomics.load(sequence, 0) !== before);
    if (first !== second) throw new Error('a reader saw a book that was half written');
  };

  const write = () => {
    let even: number;
    do {
      blockUntil(() => Atomics.load(sequence, 0) % 2 === 0);
      even = Atomics.load(sequence, 0);
    } while (even % 2 === 1 || Atomics.compareExchange(sequence, 0, even, even + 1) !== even);
    Atomics.store(book, 0, Atomics.load(book, 0) + 1);
    Atomics.store(book, 1, Atomics.load(book, 1) + 1);
    Atomics.add(sequence, 0, 1);
  };

  return {
    tasks: { reader: agent(read), writer1: agent(write), writer2: agent(write) },
    invariant: () => book[0] === 2 && book[1] === 2,
  };
});
