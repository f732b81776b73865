import { MessageChannel } from 'node:worker_threads';
import { agent, scenario } from 'raceproof';
import { Philosopher } from './philosopher';

// At first each fork lies with the lower number of its two neighbours: who is before whom has no circle, and no exchange makes one.
const holder = (seat: number, neighbour: number) => Math.min(seat, neighbour);

export const dine = (seats: number) => {
  const channels = Array.from({ length: seats }, () => new MessageChannel()); // between a seat and the next one
  const eating = new Int32Array(new SharedArrayBuffer(4 * seats));

  const philosopher = (seat: number) => {
    const [before, after] = [(seat + seats - 1) % seats, (seat + 1) % seats];
    const eat = () => {
      Atomics.store(eating, seat, 1);
      if (Atomics.load(eating, before) === 1 || Atomics.load(eating, after) === 1) throw new Error('two neighbours eat at the same time');
      Atomics.store(eating, seat, 0);
    };
    const ports = [channels[before].port2, channels[seat].port1];
    return new Philosopher(ports, [holder(before, seat) === seat, holder(seat, after) === seat], eat).dine();
  };

  return { tasks: Object.fromEntries(channels.map((_, seat) => [`philosopher${seat}`, agent(() => philosopher(seat))])) };
};

export default scenario(() => dine(3));
