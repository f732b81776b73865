import { scenario } from 'raceproof';

const known = ['yes', 'no '];

// Alice sends her vote to Bob in plain text, over a channel that Mallory can read.
export default scenario((vote: string) => {
  const channel: Buffer[] = [];
  let learnt = 'nothing';

  const seal = (text: string) => {
    return Buffer.from(text);
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
