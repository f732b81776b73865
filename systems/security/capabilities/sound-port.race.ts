import { MessageChannel } from 'node:worker_threads';
import { scenario } from 'raceproof';

interface Request { readonly kind: 'deposit' | 'withdraw'; readonly amount: number }

// The vault is behind a port: whoever holds its other end may put in and take out. Alice keeps that, and gives Bob the end of another port, behind which there is a
// door. It makes a deposit of all that comes (attenuation), and Alice can shut it (revocation).
export default scenario(() => {
  let content = 100;
  let isRevoked = false;
  let usedAfter = false;

  const toVault = new MessageChannel();
  toVault.port2.on('message', ({ kind, amount }: Request) => { content += kind === 'deposit' ? amount : -amount; });

  const door = new MessageChannel();
  door.port2.on('message', ({ amount }: Request) => {
    if (isRevoked) usedAfter = true;
    toVault.port1.postMessage({ kind: 'deposit', amount });
  });
  const given = door.port1; // to Bob

  const alice = () => {
    isRevoked = true;
    door.port2.close();
  };
  const bob = () => {
    given.postMessage({ kind: 'deposit', amount: 10 });
    given.postMessage({ kind: 'withdraw', amount: 50 });
  };

  return {
    tasks: { alice, bob },
    invariant: () => {
      if (content < 100) throw new Error(`Bob may only deposit, and of 100 there are ${content} left`);
      if (usedAfter) throw new Error('the door was used after it had been revoked');
    },
  };
});
