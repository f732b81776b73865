import { agent, blockUntil, scenario } from 'raceproof';

// Without the sign that one is choosing: somebody goes in past a customer whose number, equal to its own, is not written down yet.
export const shop = (customers: number) => {
  const numbers = new Int32Array(new SharedArrayBuffer(4 * customers));
  const count = new Int32Array(new SharedArrayBuffer(4));
  const everyone = Array.from(numbers.keys());

  const isBefore = (other: number, me: number) => {
    const number = Atomics.load(numbers, other);
    const mine = Atomics.load(numbers, me);
    return number !== 0 && (number < mine || (number === mine && other < me));
  };

  const enter = (me: number) => {
    const highest = Math.max(...everyone.map((other) => Atomics.load(numbers, other)));
    Atomics.store(numbers, me, highest + 1);
    for (const other of everyone) {
      blockUntil(() => !isBefore(other, me));
    }
    count[0]++; // the critical section
    Atomics.store(numbers, me, 0);
  };

  return {
    tasks: Object.fromEntries(everyone.map((me) => [`customer${me}`, agent(() => enter(me))])),
    invariant: () => count[0] === customers,
  };
};

export default scenario(() => shop(2));
