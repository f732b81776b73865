import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { scenario } from 'raceproof';

// Alice orders a payment of Bob over a channel that Mallory can write to. The message carries a code that only who knows the key can make.
export default scenario(() => {
  const key = randomBytes(32); // of Alice and Bob
  const channel: { text: string; code: Buffer }[] = [];
  let paid = 'nothing';

  const codeOf = (text: string) => createHmac('sha256', key).update(text).digest();

  const alice = () => { channel.push({ text: 'pay 10', code: codeOf('pay 10') }); };

  const bob = () => {
    const message = channel.shift();
    if (!message) return;
    if (!timingSafeEqual(message.code, codeOf(message.text))) return;
    paid = message.text;
  };

  const mallory = () => { if (channel[0]) channel[0] = { text: 'pay 90', code: createHash('sha256').update('pay 90').digest() }; };

  return {
    tasks: { alice, bob, mallory },
    invariant: () => {
      if (paid !== 'nothing' && paid !== 'pay 10') throw new Error(`Alice wrote "pay 10", Bob did "${paid}"`);
    },
  };
});
