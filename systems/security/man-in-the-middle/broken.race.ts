import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { scenario } from 'raceproof';

interface Half { readonly point: Buffer }

const pointOf = (bytes: Buffer) => createPublicKey({ key: bytes, format: 'der', type: 'spki' });

// Alice and Bob agree on a key by Diffie and Hellman: each sends a public half, and only they can reckon what both share. But nothing
// says whose half it is: Mallory puts her own in its place, and shares a key with Bob, who believes that he shares it with Alice.
export default scenario(() => {
  const channel: { toBob?: Half } = {};
  const mine = { alice: generateKeyPairSync('x25519'), bob: generateKeyPairSync('x25519'), mallory: generateKeyPairSync('x25519') };
  const halfOf = (who: keyof typeof mine) => mine[who].publicKey.export({ format: 'der', type: 'spki' });
  const sharedWith = (who: keyof typeof mine, theirs: Buffer) => diffieHellman({ privateKey: mine[who].privateKey, publicKey: pointOf(theirs) }).toString('hex');
  let keyOfBob: string | undefined;
  const keysOfMallory: string[] = [];

  const alice = () => { channel.toBob = { point: halfOf('alice') }; };

  const bob = () => {
    const half = channel.toBob;
    if (!half) return;
    keyOfBob = sharedWith('bob', half.point);
  };

  const mallory = () => {
    channel.toBob = { point: halfOf('mallory') };
    keysOfMallory.push(sharedWith('mallory', halfOf('bob')));
  };

  return {
    tasks: { alice, bob, mallory },
    invariant: () => {
      if (keyOfBob !== undefined && keysOfMallory.includes(keyOfBob)) throw new Error('the key that Bob will use is known to Mallory');
    },
  };
});
