import { scenario } from 'raceproof';
import { ainc } from './programs/counters.js';

export default scenario(() => ainc(3));
