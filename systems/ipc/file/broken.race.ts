import { agent, scenario } from 'raceproof';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Two processes count in one file: read it, add one, write it back. Between the read and the write the other may do the same.
 */
export default scenario(() => {
  writeFileSync('/counter', '0');
  const counted = new Int32Array(new SharedArrayBuffer(4)); // how often somebody has counted; only the invariant looks

  const count = () => {
    const value = Number(readFileSync('/counter', 'utf8'));
    writeFileSync('/counter', String(value + 1), { flag: 'r+' }); // written over, not emptied first
    Atomics.add(counted, 0, 1);
  };

  return {
    tasks: { first: agent(count), second: agent(count) },
    observe: () => ({ counter: readFileSync('/counter', 'utf8'), counted: counted[0] }),
    invariant: () => Number(readFileSync('/counter', 'utf8')) === counted[0],
  };
});
