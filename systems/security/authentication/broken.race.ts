import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { scenario } from 'raceproof';

interface Request { readonly from: string; readonly proof: Buffer }

// Whoever says that it is Alice is let in: a name is a claim, and no proof.
export default scenario(() => {
  const keys = generateKeyPairSync('ed25519'); // of Alice; Bob knows the public part
  const requests: Request[] = [];
  const challenge = randomBytes(16); // Bob has sent it, for this visit
  let opened = 0;

  const alice = () => { requests.push({ from: 'alice', proof: sign(null, challenge, keys.privateKey) }); };
  const mallory = () => { requests.push({ from: 'alice', proof: randomBytes(64) }); };

  const bob = () => {
    for (let request = requests.shift(); request; request = requests.shift()) {
      if (request.from !== 'alice') continue;
      opened++;
    }
  };

  return {
    tasks: { alice, mallory, bob },
    invariant: () => {
      if (opened > 1) throw new Error('Alice has knocked once, and the door was opened twice');
    },
  };
});
