import { setTimeout } from 'node:timers/promises';
import { scenario } from 'raceproof';

/** Stands for a service that is asked over the network. */
const fraudCheck = () => setTimeout(5);

class Account {
  balance = 100;

  /** One after the other, in all tabs and workers of a site: the browser keeps the lock, and gives it to who asked first. */
  withdraw(amount: number) {
    return navigator.locks.request('account', () => this.#withdrawAlone(amount));
  }

  async #withdrawAlone(amount: number) {
    if (this.balance < amount) return 'refused';
    await fraudCheck();
    this.balance -= amount;
    return 'paid';
  }
}

export default scenario(() => {
  const account = new Account();
  return {
    tasks: { alice: () => account.withdraw(80), bob: () => account.withdraw(80) },
    invariant: () => account.balance >= 0,
    observe: () => account.balance,
  };
});
