import { agent, Mutex, scenario } from 'raceproof';

const sets = 2;
const [victimLine, attackerLine] = [1, 2]; // who has filled a set of the cache

// The cache is partitioned: each has sets of its own, and what one loads cannot drive out what the other has loaded.
export default scenario((secret: number) => {
  const cache = new Int32Array(new SharedArrayBuffer(4 * 2 * sets));
  const core = new Mutex(); // they run on one core, a slice of time each
  const misses = new Int32Array(new SharedArrayBuffer(4 * sets));
  const setFor = (line: number, set: number) => (line - 1) * sets + set;

  /** True if it was not in the cache. */
  const load = (line: number, set: number) => {
    const at = setFor(line, set);
    const isMiss = cache[at] !== line;
    cache[at] = line;
    return isMiss;
  };

  const victim = () => {
    core.lock();
    load(victimLine, secret);
    core.unlock();
  };

  const attacker = () => {
    core.lock();
    for (let set = 0; set < sets; set++) load(attackerLine, set); // prime
    core.unlock();
    core.lock();
    for (let set = 0; set < sets; set++) misses[set] = load(attackerLine, set) ? 1 : 0; // probe
    core.unlock();
  };

  return { tasks: { victim: agent(victim), attacker: agent(attacker) }, observer: () => [...misses] };
}, { secrets: [0, 1] });
