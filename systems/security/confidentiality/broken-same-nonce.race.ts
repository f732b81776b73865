import { createCipheriv, randomBytes } from 'node:crypto';
import { scenario } from 'raceproof';

const known = ['yes', 'no '];

// The vote is encrypted, and always with the same nonce: equal texts have equal ciphers, so Mallory cannot read the vote, and sees whether it is
// the one that she knows.
export default scenario((vote: string) => {
  const key = randomBytes(32); // of Alice and Bob
  const channel: Buffer[] = [];
  let learnt = 'nothing';
  const always = randomBytes(12);

  const seal = (text: string) => {
    const nonce = always;
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  };

  const alice = () => { channel.push(seal('yes'), seal(vote)); }; // the first one is no secret

  const mallory = () => {
    const [first, second] = channel;
    if (!first) return;
    if (known.includes(second.toString())) learnt = second.toString();
    else learnt = first.equals(second) ? 'twice the same' : 'two different ones';
  };

  return { tasks: { alice, mallory }, observer: () => learnt };
}, { secrets: ['yes', 'no '] });
