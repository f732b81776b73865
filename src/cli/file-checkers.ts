import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { createFileChecker, problemAt, type CheckedFile, type FileTask } from './check-file.js';
import { batchSize, defaultLimits, startChecker, threadsFor, type CheckerLimits } from './checker-threads.js';
import { Stretches } from './stretches.js';
import { Watchdog } from './watchdog.js';

/** Tells what came of each task of a batch, as it comes; `place` is the task's in the batch. */
export interface ShareReply {
  readonly place: number;
  readonly checked: CheckedFile;
}

export type Told = (index: number, checked: CheckedFile) => void;

/**
 * Checks all tasks, shared among at most `jobs` threads, and tells of each once, in whatever order they are done.
 * @param ready Threads that have been started for it.
 */
export async function checkFiles(tasks: readonly FileTask[], cwd: string, jobs: number, told: Told, { limits = defaultLimits, ready = [] }: { readonly limits?: CheckerLimits; readonly ready?: readonly Worker[] } = {}): Promise<void> {
  const threads = threadsFor(tasks.length, jobs);
  await Promise.all(ready.slice(threads).map((worker) => worker.terminate()));
  if (threads === 0) return checkHere(tasks, cwd, told);
  const stretches = new Stretches(tasks.length, threads, batchSize);
  const nextOf = (thread: number) => (): Batch | undefined => {
    const batch = stretches.take(thread);
    return batch && { first: batch.first, tasks: tasks.slice(batch.first, batch.end) };
  };
  await Promise.all(Array.from({ length: threads }, (_, thread) => new Checker(cwd, limits, told, ready[thread]).work(nextOf(thread))));
}

async function checkHere(tasks: readonly FileTask[], cwd: string, told: Told): Promise<void> {
  const check = createFileChecker(cwd);
  for (const [index, task] of tasks.entries()) {
    told(index, check(task));
    await setImmediate();
  }
}

interface Batch {
  /** Place of its first task among all. */
  readonly first: number;
  readonly tasks: readonly FileTask[];
}

/**
 * One thread that checks batches of files.
 *
 * 1. Each task is told of once.
 * 2. A file under which the thread dies or hangs is tried once more, first in a new thread; then it is a problem and the others go on.
 */
class Checker {
  readonly #cwd: string;
  readonly #limits: CheckerLimits;
  readonly #told: Told;
  #worker: Worker | undefined;

  /** @param ready A thread that has been started; used if it is still alive. */
  constructor(cwd: string, limits: CheckerLimits, told: Told, ready?: Worker) {
    this.#cwd = cwd;
    this.#limits = limits;
    this.#told = told;
    if (ready && ready.threadId >= 0) this.#worker = ready;
  }

  async work(nextBatch: () => Batch | undefined): Promise<void> {
    try {
      for (let batch = nextBatch(); batch; batch = nextBatch()) await this.#all(batch);
    } finally {
      await this.#worker?.terminate();
    }
  }

  async #all({ first, tasks }: Batch): Promise<void> {
    let done = 0;
    let tried = -1;
    while (done < tasks.length) {
      const died = await this.#run(tasks.slice(done), (checked) => this.#told(first + done++, checked));
      if (died === undefined || done === tasks.length) continue;
      await this.#worker?.terminate();
      this.#worker = undefined;
      if (tried === done) {
        this.#told(first + done, problemAt(tasks[done]!.candidate.file, `${died} The file was not checked.`));
        done += 1;
      } else tried = done;
    }
  }

  /** Resolves when all is done, or with why the thread cannot go on. */
  #run(tasks: readonly FileTask[], told: (checked: CheckedFile) => void): Promise<string | undefined> {
    const worker = (this.#worker ??= startChecker(this.#cwd, this.#limits));
    const { milliseconds, megabytes } = this.#limits;
    return new Promise((resolve) => {
      const end = (why?: string): void => {
        watchdog.stop();
        worker.off('message', heard).off('error', failed).off('exit', exited);
        resolve(why);
      };
      const watchdog = new Watchdog(milliseconds, () => end(`checking it took more than ${milliseconds / 1000} s.`));
      const heard = ({ place, checked }: ShareReply): void => {
        told(checked);
        if (place === tasks.length - 1) end();
        else watchdog.start();
      };
      const failed = (error: NodeJS.ErrnoException): void => end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? `checking it took more than ${megabytes} MB of memory.` : `checking it failed: ${error.message}.`);
      const exited = (code: number): void => end(`checking it ended the thread with code ${code}.`);
      watchdog.start();
      worker.on('message', heard).on('error', failed).on('exit', exited);
      worker.postMessage(tasks);
    });
  }
}
