import { agent, Mutex, scenario } from 'raceproof';

const size = 4;

// A pool of one buffer that goes from task to task. Alice writes something secret into it and gives it back; Bob gets the same bytes, writes
// less than there is room for, and sees the rest.
export default scenario((secret: number) => {
  const buffer = new Uint8Array(new SharedArrayBuffer(size));
  const pool = new Mutex();
  const sent = new Int32Array(new SharedArrayBuffer(4 * size));

  const use = (work: (bytes: Uint8Array) => void) => {
    pool.lock();
    work(buffer);
    pool.unlock();
  };

  const alice = () => use((bytes) => {
    for (let at = 0; at < size; at++) bytes[at] = secret;
  });

  const bob = () => use((bytes) => {
    bytes[0] = 1; // a message of one byte, and all four are sent
    for (let at = 0; at < size; at++) sent[at] = bytes[at];
  });

  return { tasks: { alice: agent(alice), bob: agent(bob) }, observer: () => [...sent] };
}, { secrets: [7, 9] });
