import { Worker } from 'node:worker_threads';
import type { Shell, Status } from './shell.js';
import { UsageError } from './usage.js';
import type { Word, Work } from './work.js';

/**
 * Runs a command in a thread of its own, which loads the engine's bundle (`runEngine`): what parses and simulates code is loaded only now, and
 * however long it takes to read a file, Ctrl+C is heard.
 */
export function delegate(request: Work['request'], shell: Shell): Promise<Status> {
  const work: Work = { kind: 'work', request, cwd: shell.cwd, terminal: shell.terminal };
  const worker = new Worker(new URL(import.meta.url), { workerData: work });
  return new Promise<Status>((resolve, reject) => {
    worker.on('message', (word: Word) => {
      if (word.kind === 'done') resolve(word.status);
      else if (word.kind === 'failed') reject(word.isUsage ? new UsageError(word.message) : Object.assign(new Error(), { stack: word.message }));
      else shell[word.kind](word.text);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the engine ended with code ${code}`)));
  }).finally(() => worker.terminate());
}
