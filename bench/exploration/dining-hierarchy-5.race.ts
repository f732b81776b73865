import { scenario } from 'raceproof';
import { diningByHierarchy } from './programs/dining.js';

export default scenario(() => diningByHierarchy(5));
