import { agent, scenario } from 'raceproof';
import { closeSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';

/**
 * Two processes count in one file, behind a lock file: to make a file that must not be there yet (`wx`) is one step, so only one of
 * them makes it. Who comes second gives up, as git does: "another process seems to be running".
 */
export default scenario(() => {
  writeFileSync('/counter', '0');
  const counted = new Int32Array(new SharedArrayBuffer(4)); // how often somebody has counted; only the invariant looks

  const lock = () => {
    try {
      closeSync(openSync('/counter.lock', 'wx'));
      return true;
    } catch {
      return false; // EEXIST
    }
  };

  const count = () => {
    if (!lock()) return;
    const value = Number(readFileSync('/counter', 'utf8'));
    writeFileSync('/counter', String(value + 1), { flag: 'r+' }); // written over, not emptied first
    Atomics.add(counted, 0, 1);
    unlinkSync('/counter.lock');
  };

  return {
    tasks: { first: agent(count), second: agent(count) },
    observe: () => ({ counter: readFileSync('/counter', 'utf8'), counted: counted[0] }),
    invariant: () => Number(readFileSync('/counter', 'utf8')) === counted[0] && counted[0] > 0,
  };
});
