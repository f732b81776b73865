import { agent, scenario } from 'raceproof';

const slots = 2;

// A queue with room for two messages. High fills it for a one; low, which may send too, is told that there is no room, and has learnt the bit.
export default scenario((secret: number) => {
  const used = new Int32Array(new SharedArrayBuffer(8)); // by level: high, low
  const seen = new Int32Array(new SharedArrayBuffer(4));
  const [high, low] = [0, 1];
  const usedBy = (_level: number) => Atomics.load(used, high) + Atomics.load(used, low);
  const room = slots;

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
