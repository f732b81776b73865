import { MessageChannel } from 'node:worker_threads';
import { agent, scenario } from 'raceproof';
import { Philosopher } from './philosopher';

// At first each philosopher has one fork, the left one. That is a circle: everybody cleans and hands over what it has, and keeps what it gets.
const holder = (_seat: number, neighbour: number) => neighbour;

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
