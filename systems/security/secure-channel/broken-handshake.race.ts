import { scenario } from 'raceproof';
import { ingredients } from './ingredients';
import { meeting } from './meeting';

// The signatures of the handshake are not looked at. What follows is as secret and as whole as ever; only with whom it is shared, nobody knows.
const isVouched = () => true;

export default scenario((side: string) => meeting(side, { ...ingredients, isVouched }), { secrets: ['buy ', 'sell'] });
