import { agent, Mutex, scenario } from 'raceproof';

const recordSize = 2; // balance, limit
const records = 2;

// Record and index of a request are checked before they are used: a write to a record that is not the caller's own, or that does not lie in it, is refused.
export default scenario(() => {
  const memory = new Int32Array(new SharedArrayBuffer(4 * recordSize * records));
  const lock = new Mutex();
  const balanceOf = (owner: number) => memory[owner * recordSize];
  memory.set([10, 100, 20, 100]);

  const write = (caller: number, owner: number, field: number, value: number) => {
    if (caller !== owner) return;
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
