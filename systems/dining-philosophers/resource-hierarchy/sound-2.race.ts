import { scenario } from 'raceproof';
import { dine } from './sound.race';

export default scenario(() => dine(2));
