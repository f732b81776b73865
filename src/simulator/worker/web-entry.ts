import './ses.js';
import { installFromAsync } from '../runtime/array-from-async.js';
import { createAnswerer } from './answer.js';
import type { SimulatorRequest } from './protocol.js';
import type { Subject } from '../runtime/runner.js';

/**
 * A web worker's side, for a page that allows no `eval`: the worker's text is this bundle followed by
 * `__raceproofProgram((function (…) { … }))`, the text of the one program that it can run. The page's policy, which a blob worker
 * inherits, refuses every other evaluation and every connection; the program's parameters shadow every ambient name.
 */
const worker = globalThis as unknown as { onmessage: (event: { data: SimulatorRequest }) => void; postMessage(message: unknown): void; lockdown(options: object): void; __raceproofProgram?: (subject: Subject) => void };
const post = worker.postMessage.bind(globalThis);

worker.__raceproofProgram = (subject) => {
  delete worker.__raceproofProgram;
  installFromAsync();
  worker.lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe', overrideTaming: 'severe', errorTrapping: 'none', unhandledRejectionTrapping: 'none', evalTaming: 'no-eval', reporting: 'none' });
  const answer = createAnswerer(() => subject, post, { later: (run) => void setTimeout(run), slice: 50 });
  worker.onmessage = ({ data }) => answer(data);
  post({ type: 'ready' });
};
