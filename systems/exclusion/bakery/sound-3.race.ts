import { scenario } from 'raceproof';
import { shop } from './sound.race';

export default scenario(() => shop(3));
