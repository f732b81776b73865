import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { scenario } from 'raceproof';

interface Message { readonly number: number; readonly text: string; readonly code: Buffer }

// Alice's order carries a code, so Mallory can neither change it nor make one. But she can keep a copy and send it again. Bob finds the code right
// the second time, too: it says who wrote the order, not when.
export default scenario(() => {
  const key = randomBytes(32); // of Alice and Bob
  const channel: Message[] = [];
  let paid = 0;

  const codeOf = (number: number, text: string) => createHmac('sha256', key).update(`${number} ${text}`).digest();

  const alice = () => { channel.push({ number: 1, text: 'pay 10', code: codeOf(1, 'pay 10') }); };

  const receive = (message: Message) => {
    if (!timingSafeEqual(message.code, codeOf(message.number, message.text))) return;
    paid += 10;
  };
  const bob = async () => {
    for (const message of channel.splice(0)) receive(message);
    await new Promise((resolve) => setTimeout(resolve, 10));
    for (const message of channel.splice(0)) receive(message);
  };

  // A copy as it was, and one with the next number.
  const mallory = () => { if (channel[0]) channel.push(channel[0], { ...channel[0], number: 2 }); };

  return {
    tasks: { alice, bob, mallory },
    invariant: () => {
      if (paid > 10) throw new Error(`Alice ordered 10, Bob paid ${paid}`);
    },
  };
});
