import { scenario } from 'raceproof';
import { readers } from './programs/readers.js';

export default scenario(() => readers(13));
