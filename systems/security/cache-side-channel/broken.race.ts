import { agent, Mutex, scenario } from 'raceproof';

const sets = 2;
const [victimLine, attackerLine] = [1, 2]; // who has filled a set of the cache

// Victim and attacker share a cache, and nothing else. The victim looks up a table at an index that is secret, and so loads one set of the cache; the attacker
// has filled all sets before, and finds out which of its lines is gone (prime and probe).
export default scenario((secret: number) => {
  const cache = new Int32Array(new SharedArrayBuffer(4 * 2 * sets));
  const core = new Mutex(); // they run on one core, a slice of time each
  const misses = new Int32Array(new SharedArrayBuffer(4 * sets));
  const setFor = (_line: number, set: number) => set;

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
