import { scenario } from 'raceproof';
import { lastzero } from './programs/lastzero.js';

export default scenario(() => lastzero(15));
