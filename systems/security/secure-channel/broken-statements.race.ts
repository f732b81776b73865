import { scenario } from 'raceproof';
import { ingredients } from './ingredients';
import { meeting } from './meeting';

// The trail is vouched for by its own hash. The channel has shown Bob that it was Alice; a judge has only Bob's word.
const state = (head: string) => head;
const isStated = (head: string, _author: unknown, statement: string) => statement === head;

export default scenario((side: string) => meeting(side, { ...ingredients, state, isStated }), { secrets: ['buy ', 'sell'] });
