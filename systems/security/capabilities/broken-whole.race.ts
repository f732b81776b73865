import { MessageChannel } from 'node:worker_threads';
import { scenario } from 'raceproof';

interface Request { readonly kind: 'deposit' | 'withdraw'; readonly amount: number }

// The vault is behind a port: whoever holds its other end may put in and take out. Alice means Bob to make deposits, and gives him what she has: the whole of her right,
// and nothing that she could take back without losing it herself.
export default scenario(() => {
  let content = 100;

  const toVault = new MessageChannel();
  toVault.port2.on('message', ({ kind, amount }: Request) => { content += kind === 'deposit' ? amount : -amount; });

  const given = toVault.port1; // to Bob

  const alice = () => {}; // there is nothing of Bob's that she could shut
  const bob = () => {
    given.postMessage({ kind: 'deposit', amount: 10 });
    given.postMessage({ kind: 'withdraw', amount: 50 });
  };

  return {
    tasks: { alice, bob },
    invariant: () => {
      if (content < 100) throw new Error(`Bob may only deposit, and of 100 there are ${content} left`);
    },
  };
});
