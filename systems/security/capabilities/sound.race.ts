import { scenario } from 'raceproof';

// A vault, and a door to it that Alice lends to Bob and takes back. The key is looked at in the same turn in which the vault is opened: once Alice has taken it
// away, nothing happens in her name any more.
export default scenario(() => {
  let content = 0;
  let isRevoked = false;
  let usedAfter = false;

  /** The vault itself; who has it can do everything. */
  const vault = {
    async deposit(amount: number, isAllowed: () => boolean) {
      await transfer();
      if (!isAllowed()) throw new Error('revoked');
      if (isRevoked) usedAfter = true;
      content += amount;
    },
  };

  /** A door that Alice can shut, and that leads to deposits alone: a caretaker. */
  const door = { deposit: (amount: number) => vault.deposit(amount, () => !isRevoked) };

  const transfer = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

  const alice = () => { isRevoked = true; };
  const bob = () => door.deposit(10).catch(() => 'refused');

  return {
    tasks: { alice, bob },
    invariant: () => {
      if (usedAfter) throw new Error(`the door was used after it had been revoked, and the vault holds ${content}`);
    },
  };
});
