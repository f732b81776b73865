import { createHmac } from 'node:crypto';
import { scenario } from 'raceproof';
import { ingredients } from './ingredients';
import { meeting } from './meeting';

// In plain text, with a code that only Alice and Bob can make: nobody can change a thing, and everybody can read it.
const codeOf = (key: string, count: number, text: string) => createHmac('sha256', key).update(`record ${count} ${text}`).digest('hex').slice(0, 32);
const seal: typeof ingredients.seal = (key, count, text) => Buffer.from(text).toString('hex') + codeOf(key, count, text);
const open: typeof ingredients.open = (key, count, sealed) => {
  const text = Buffer.from(sealed.slice(0, -32), 'hex').toString();
  if (sealed.slice(-32) !== codeOf(key, count, text)) throw new Error('altered');
  return text;
};

export default scenario((side: string) => meeting(side, { ...ingredients, seal, open }), { secrets: ['buy ', 'sell'] });
