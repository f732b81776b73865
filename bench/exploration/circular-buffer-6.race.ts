import { scenario } from 'raceproof';
import { circularBuffer } from './programs/circular-buffer.js';

export default scenario(() => circularBuffer(6));
