import { scenario } from 'raceproof';
import { filesystem } from './programs/filesystem.js';

export default scenario(() => filesystem(18));
