import { scenario } from 'raceproof';
import { lockinc } from './programs/counters.js';

export default scenario(() => lockinc(4));
