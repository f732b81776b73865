import { scenario } from 'raceproof';

// A vault, and a door to it that Alice lends to Bob and takes back. The door looks at its key when it is given out: whoever has passed it once goes on,
// though the key was taken away while they waited.
export default scenario(() => {
  let content = 0;
  let isRevoked = false;
  let usedAfter = false;

  /** The vault itself; who has it can do everything. */
  const vault = {
    async deposit(amount: number, isAllowed: () => boolean) {
      if (!isAllowed()) throw new Error('revoked');
      await transfer();
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
