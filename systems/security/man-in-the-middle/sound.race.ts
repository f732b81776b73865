import { createPublicKey, diffieHellman, generateKeyPairSync, sign, verify } from 'node:crypto';
import { scenario } from 'raceproof';

interface Half { readonly point: Buffer; readonly signature: Buffer }

const pointOf = (bytes: Buffer) => createPublicKey({ key: bytes, format: 'der', type: 'spki' });

// Alice and Bob agree on a key by Diffie and Hellman: each sends a public half, and only they can reckon what both share. Alice signs
// her half with a key that Bob has known for long, so a half that Mallory puts in its place is refused.
export default scenario(() => {
  const identity = generateKeyPairSync('ed25519'); // of Alice; Bob knows its public part
  const channel: { toBob?: Half } = {};
  const mine = { alice: generateKeyPairSync('x25519'), bob: generateKeyPairSync('x25519'), mallory: generateKeyPairSync('x25519') };
  const halfOf = (who: keyof typeof mine) => mine[who].publicKey.export({ format: 'der', type: 'spki' });
  const sharedWith = (who: keyof typeof mine, theirs: Buffer) => diffieHellman({ privateKey: mine[who].privateKey, publicKey: pointOf(theirs) }).toString('hex');
  let keyOfBob: string | undefined;
  const keysOfMallory: string[] = [];

  const alice = () => { channel.toBob = { point: halfOf('alice'), signature: sign(null, halfOf('alice'), identity.privateKey) }; };

  const bob = () => {
    const half = channel.toBob;
    if (!half) return;
    if (!verify(null, half.point, identity.publicKey, half.signature)) return;
    keyOfBob = sharedWith('bob', half.point);
  };

  const mallory = () => {
    channel.toBob = { point: halfOf('mallory'), signature: channel.toBob?.signature ?? Buffer.alloc(64) };
    keysOfMallory.push(sharedWith('mallory', halfOf('bob')));
  };

  return {
    tasks: { alice, bob, mallory },
    invariant: () => {
      if (keyOfBob !== undefined && keysOfMallory.includes(keyOfBob)) throw new Error('the key that Bob will use is known to Mallory');
    },
  };
});
