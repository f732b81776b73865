import { scenario } from 'raceproof';
import { indexer } from './programs/indexer.js';

export default scenario(() => indexer(12));
