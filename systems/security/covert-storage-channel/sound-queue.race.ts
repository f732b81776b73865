import { agent, scenario } from 'raceproof';

const slots = 2;

// The room is divided: each level has a slot of its own, and is told of no other.
export default scenario((secret: number) => {
  const used = new Int32Array(new SharedArrayBuffer(8)); // by level: high, low
  const seen = new Int32Array(new SharedArrayBuffer(4));
  const [high, low] = [0, 1];
  const usedBy = (level: number) => Atomics.load(used, level);
  const room = slots / 2;

  /** False if there is no room. */
  const send = (level: number) => {
    if (usedBy(level) >= room) return false;
    Atomics.add(used, level, 1);
    return true;
  };

  const signal = () => {
    if (secret === 1) while (send(high));
  };

  const probe = () => {
    seen[0] = send(low) ? 1 : 2;
  };

  return { tasks: { high: agent(signal), low: agent(probe) }, observer: () => (seen[0] === 1 ? 'sent' : 'no room') };
}, { secrets: [0, 1] });
