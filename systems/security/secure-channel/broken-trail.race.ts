import { scenario } from 'raceproof';
import { ingredients } from './ingredients';
import { meeting } from './meeting';

// The statement is about the last order alone: the hash does not go on from the one before, so what was before it can be put otherwise.
const chain: typeof ingredients.chain = (_head, text) => ingredients.chain('', text);

export default scenario((side: string) => meeting(side, { ...ingredients, chain }), { secrets: ['buy ', 'sell'] });
