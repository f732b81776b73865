import { createDecipheriv } from 'node:crypto';
import { scenario } from 'raceproof';
import { ingredients } from './ingredients';
import { meeting } from './meeting';

// The text is deciphered, and the end of the work, which would compare the tag, is left away: who turns a bit of the cipher turns that of the text.
const open: typeof ingredients.open = (key, count, sealed) => {
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'hex'), Buffer.from(count.toString(16).padStart(24, '0'), 'hex'));
  return decipher.update(sealed.slice(0, -32), 'hex', 'utf8');
};

export default scenario((side: string) => meeting(side, { ...ingredients, open }), { secrets: ['buy ', 'sell'] });
