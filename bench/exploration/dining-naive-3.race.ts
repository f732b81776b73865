import { scenario } from 'raceproof';
import { diningNaive } from './programs/dining.js';

export default scenario(() => diningNaive(3));
