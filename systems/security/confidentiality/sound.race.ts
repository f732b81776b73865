import { createCipheriv, randomBytes } from 'node:crypto';
import { scenario } from 'raceproof';

const known = ['yes', 'no '];

// The vote is encrypted, each message with a nonce of its own: Mallory sees that there is a message and how long it is, and nothing that
// depends on the vote.
export default scenario((vote: string) => {
  const key = randomBytes(32); // of Alice and Bob
  const channel: Buffer[] = [];
  let learnt = 'nothing';

  const seal = (text: string) => {
    const nonce = randomBytes(12);
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
