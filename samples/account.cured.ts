/** The account again; the money is taken in the same turn as the check, and given back if it cannot be recorded. */

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
    this.#balance -= amount;
    try {
      await this.ledger.append({ kind: 'withdrawal', amount });
    } catch (error) {
      this.#balance += amount;
      throw error;
    }
  }
}
