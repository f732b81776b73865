import type { MessagePort } from 'node:worker_threads';
import { beginCheck } from './checker-threads.js';
import type { Work } from './work.js';

/** The thread of the engine: that is loaded here, beside the threads that will check files. */
export async function runEngine(port: MessagePort, work: Work): Promise<void> {
  const ahead = work.request.command === 'check' ? beginCheck(work.request.options, work.cwd) : undefined;
  const { serveWork } = (await import(new URL('./cli-engine.js', import.meta.url).href)) as typeof import('./engine.js');
  await serveWork(port, work, ahead);
}
