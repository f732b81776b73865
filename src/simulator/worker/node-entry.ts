import 'ses';
import { parentPort, workerData } from 'node:worker_threads';
import { lastPlace } from '../runtime/place.js';
import { createEvaluator } from './compartment.js';
import { answer } from './answer.js';
import type { SimulatorRequest } from './protocol.js';

lastPlace.site = new Int32Array((workerData as { place: SharedArrayBuffer }).place);
const evaluate = createEvaluator();
parentPort!.on('message', (request: SimulatorRequest) => parentPort!.postMessage(answer(request, evaluate)));
parentPort!.postMessage({ type: 'ready' });
