import { agent, blockUntil, scenario } from 'raceproof';

// Lamport's bakery: everybody draws a number one higher than all it sees, and goes in when nobody with a lower one is left. Two may draw the
// same number; then the lower rank goes first. While somebody is still choosing, one does not look at its number.
export const shop = (customers: number) => {
  const isChoosing = new Int32Array(new SharedArrayBuffer(4 * customers));
  const numbers = new Int32Array(new SharedArrayBuffer(4 * customers));
  const count = new Int32Array(new SharedArrayBuffer(4));
  const everyone = Array.from(numbers.keys());

  const isBefore = (other: number, me: number) => {
    const number = Atomics.load(numbers, other);
    const mine = Atomics.load(numbers, me);
    return number !== 0 && (number < mine || (number === mine && other < me));
  };

  const enter = (me: number) => {
    Atomics.store(isChoosing, me, 1);
    const highest = Math.max(...everyone.map((other) => Atomics.load(numbers, other)));
    Atomics.store(numbers, me, highest + 1);
    Atomics.store(isChoosing, me, 0);
    for (const other of everyone) {
      blockUntil(() => Atomics.load(isChoosing, other) === 0);
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
