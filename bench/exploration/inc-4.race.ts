import { scenario } from 'raceproof';
import { inc } from './programs/counters.js';

export default scenario(() => inc(4));
