import { scenario } from 'raceproof';
import { fib } from './programs/fib.js';

export default scenario(() => fib(4));
