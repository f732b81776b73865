import { scenario } from 'raceproof';
import { ingredients } from './ingredients';
import { meeting } from './meeting';

// All of them. Mallory may interfere twice, with any two packets.
export default scenario((side: string) => meeting(side, ingredients, 2), { secrets: ['buy ', 'sell'] });
