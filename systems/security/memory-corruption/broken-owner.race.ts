import { agent, Mutex, scenario } from 'raceproof';

const recordSize = 2; // balance, limit
const records = 2;

// The index is checked against the record, so nothing is written beyond one. But which record it is, the request says, and nobody asks whose it is.
export default scenario(() => {
  const memory = new Int32Array(new SharedArrayBuffer(4 * recordSize * records));
  const lock = new Mutex();
  const balanceOf = (owner: number) => memory[owner * recordSize];
  memory.set([10, 100, 20, 100]);

  const write = (_caller: number, owner: number, field: number, value: number) => {
    if (field < 0 || field >= recordSize) return;
    lock.lock();
    memory[owner * recordSize + field] = value;
    lock.unlock();
  };

  const alice = () => {
    write(0, 0, 1, 200);
    write(0, 0, 2, 1_000_000); // there is no such field
    write(0, 1, 0, 0); // and that is not her record
  };

  const bob = () => write(1, 1, 0, 25);

  return {
    tasks: { alice: agent(alice), bob: agent(bob) },
    invariant: () => {
      if (balanceOf(1) !== 25) throw new Error(`Bob has paid in 5, and his balance is ${balanceOf(1)}`);
    },
  };
});
