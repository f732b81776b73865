import { agent, Mutex, scenario } from 'raceproof';

const size = 4;

// The buffer is cleared, but only after it was given back: the next one may already have it, and sees what is not cleared yet.
export default scenario((secret: number) => {
  const buffer = new Uint8Array(new SharedArrayBuffer(size));
  const pool = new Mutex();
  const sent = new Int32Array(new SharedArrayBuffer(4 * size));

  const use = (work: (bytes: Uint8Array) => void) => {
    pool.lock();
    work(buffer);
    pool.unlock();
    buffer.fill(0);
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
