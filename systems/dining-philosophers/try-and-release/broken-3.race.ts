import { scenario } from 'raceproof';
import { dine } from './broken.race';

export default scenario(() => dine(3));
