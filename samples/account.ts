/** An account whose withdrawals are recorded by another service. Two withdrawals at the same time overdraw it. */

export interface Ledger {
  append(entry: { readonly kind: 'deposit' | 'withdrawal'; readonly amount: number }): Promise<void>;
}

export class InsufficientFunds extends Error {}

export class Account {
  #balance: number;

  constructor(
    private readonly ledger: Ledger,
    opening = 100,
  ) {
    this.#balance = opening;
  }

  get balance(): number {
    return this.#balance;
  }

  deposit(amount: number): void {
    this.#balance += amount;
  }

  async withdraw(amount = 80): Promise<void> {
    if (this.#balance < amount) throw new InsufficientFunds(`${this.#balance} is less than ${amount}`);
    await this.ledger.append({ kind: 'withdrawal', amount });
    this.#balance -= amount;
  }
}
