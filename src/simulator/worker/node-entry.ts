import './ses.js';
import { parentPort, workerData } from 'node:worker_threads';
import { lastPlace } from '../runtime/place.js';
import { createEvaluator } from './compartment.js';
import { createAnswerer } from './answer.js';
import type { PartSignal, SimulatorRequest, SimulatorResponse } from './protocol.js';

// In a process of its own there is no port, and no memory to tell the place by.
const post: (response: SimulatorResponse) => void = parentPort ? (response) => parentPort!.postMessage(response) : (response) => void process.send!(response);
if (parentPort) lastPlace.site = new Int32Array((workerData as { place: SharedArrayBuffer }).place);
const answer = createAnswerer(createEvaluator(), post, { later: setImmediate, slice: 15 });
(parentPort ?? process).on('message', (request: SimulatorRequest | PartSignal) => answer(request));
if (!parentPort) process.on('disconnect', () => process.exit());
post({ type: 'ready' });
