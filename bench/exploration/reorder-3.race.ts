import { scenario } from 'raceproof';
import { reorder } from './programs/reorder.js';

export default scenario(() => reorder(3));
