import { scenario } from 'raceproof';
import { ingredients } from './ingredients';
import { meeting } from './meeting';

// One key for both directions: what Alice has sealed can be sent back to her, and she takes it for Bob's.
const keyFrom: typeof ingredients.keyFrom = (_speaker, secret, transcript) => ingredients.keyFrom('both', secret, transcript);

export default scenario((side: string) => meeting(side, { ...ingredients, keyFrom }), { secrets: ['buy ', 'sell'] });
