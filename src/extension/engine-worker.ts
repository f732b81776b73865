import { parentPort, workerData } from 'node:worker_threads';
import { serveEngine } from './engine-service.js';
import type { EngineSetup } from './engine-protocol.js';

if (!parentPort) throw new Error('The engine runs as a worker thread of the extension.');
serveEngine(parentPort, workerData as EngineSetup);
