import { agent, Mutex, scenario } from 'raceproof';

const size = 4;

// Whoever gives the buffer back clears it first, while it is still its own.
export default scenario((secret: number) => {
  const buffer = new Uint8Array(new SharedArrayBuffer(size));
  const pool = new Mutex();
  const sent = new Int32Array(new SharedArrayBuffer(4 * size));

  const use = (work: (bytes: Uint8Array) => void) => {
    pool.lock();
    work(buffer);
    buffer.fill(0);
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
