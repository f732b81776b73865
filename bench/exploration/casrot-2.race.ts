import { scenario } from 'raceproof';
import { casrot } from './programs/counters.js';

export default scenario(() => casrot(2));
