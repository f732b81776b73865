/** The heavy half of the command, a bundle of its own: it brings TypeScript along. The thread of the engine imports it, threads that check files are made of it. */
import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { check } from './check.js';
import { createFileChecker } from './check-file.js';
import type { Ahead, Share } from './checker-threads.js';
import { checkShare, type ShareTasks } from './share.js';
import { runSystems } from './run-systems.js';
import type { Shell, Status } from './shell.js';
import { simulate } from './simulate.js';
import { test } from './test.js';
import { UsageError } from './usage.js';
import type { Word, Work } from './work.js';

export { runCheck } from './check.js';
export { createShell, endQuietly } from './shell.js';
export { formatStylish, formatWitness } from '../report/index.js';

if (!isMainThread && parentPort && (workerData as Work | Share).kind === 'share') serveShare(parentPort, workerData as Share);

function serveShare(port: MessagePort, { cwd }: Share): void {
  const check = createFileChecker(cwd);
  port.on('message', (share: ShareTasks) => checkShare(share, check, (reply) => port.postMessage(reply)));
}

/**
 * Does one piece of work.
 * @param ahead What of it has been begun before the engine was there.
 */
export async function serveWork(port: MessagePort, { request, cwd, terminal }: Work, ahead?: Ahead): Promise<void> {
  const say = (word: Word): void => port.postMessage(word);
  const shell: Shell = {
    cwd,
    terminal,
    print: (text) => say({ kind: 'print', text }),
    complain: (text) => say({ kind: 'complain', text }),
    showProgress: sparingly((text) => say({ kind: 'showProgress', text })),
  };
  say(await answer(request, shell, ahead));
}

/** Nobody reads faster than twenty lines a second. */
function sparingly(show: (text: string) => void): (text: string) => void {
  let shownAt = -Infinity;
  return (text) => {
    if (text !== '' && performance.now() - shownAt < 50) return;
    shownAt = performance.now();
    show(text);
  };
}

async function answer(request: Work['request'], shell: Shell, ahead: Ahead | undefined): Promise<Word> {
  try {
    return { kind: 'done', status: await run(request, shell, ahead) };
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'failed', message: error.message, isUsage: true };
    return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error), isUsage: false };
  }
}

function run(request: Work['request'], shell: Shell, ahead: Ahead | undefined): Promise<Status> {
  switch (request.command) {
    case 'check':
      return check(request.options, shell, ahead);
    case 'simulate':
      return simulate(request.options, shell);
    case 'test':
      return test(request.options, shell);
    case 'systems':
      return runSystems(request.options, shell);
  }
}
