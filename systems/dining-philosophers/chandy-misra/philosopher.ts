import type { MessagePort } from 'node:worker_threads';

/** The fork between a philosopher and one neighbour. Whoever does not hold the fork holds the request for it. */
interface Fork {
  readonly port: MessagePort;
  isHere: boolean;
  isDirty: boolean;
  /** The neighbour has asked for it. */
  isWanted: boolean;
}

/**
 * Chandy and Misra, 1984: forks are clean or dirty. One that is asked for a dirty fork, and does not eat, cleans it and hands it over; a
 * clean one is kept until its holder has eaten. After the meal all forks are dirty, so whoever has eaten gives way.
 */
export class Philosopher {
  readonly #forks: readonly Fork[];
  readonly #eat: () => void;
  #isHungry = false;
  #done: () => void = () => {};

  /** `isHolder`: for each neighbour, whether the fork lies on this side at first. */
  constructor(ports: readonly MessagePort[], isHolder: readonly boolean[], eat: () => void) {
    this.#forks = ports.map((port, side) => ({ port, isHere: isHolder[side], isDirty: true, isWanted: false }));
    this.#eat = eat;
    for (const fork of this.#forks) fork.port.on('message', (message: 'request' | 'fork') => this.#receive(fork, message));
  }

  /** Hungry once. */
  dine(): Promise<void> {
    return new Promise((resolve) => {
      this.#done = resolve;
      this.#isHungry = true;
      for (const fork of this.#forks) if (!fork.isHere) fork.port.postMessage('request');
      this.#eatIfReady();
    });
  }

  #receive(fork: Fork, message: 'request' | 'fork'): void {
    if (message === 'fork') {
      fork.isHere = true;
      fork.isDirty = false;
      this.#eatIfReady();
    } else {
      fork.isWanted = true;
      this.#giveWay(fork);
    }
  }

  #eatIfReady(): void {
    if (!this.#isHungry || !this.#forks.every(({ isHere }) => isHere)) return;
    this.#eat();
    this.#isHungry = false;
    for (const fork of this.#forks) {
      fork.isDirty = true;
      this.#giveWay(fork);
    }
    this.#done();
  }

  #giveWay(fork: Fork): void {
    if (!fork.isWanted || !fork.isHere || !fork.isDirty) return;
    fork.isHere = false;
    fork.isWanted = false;
    fork.port.postMessage('fork');
    if (this.#isHungry) fork.port.postMessage('request');
  }
}
