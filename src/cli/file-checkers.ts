import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { createFileChecker, problemAt, type CheckedFile, type FileTask } from './check-file.js';
import { batchSize, defaultLimits, startChecker, threadsFor, type CheckerLimits } from './checker-threads.js';
import type { ShareReply, ShareTasks } from './share.js';
import { Stretches } from './stretches.js';
import { Watchdog } from './watchdog.js';

export type Told = (index: number, checked: CheckedFile) => void;

/** The threads that files are shared among. */
export interface Threads {
  readonly limits?: CheckerLimits;
  /** Threads that have been started for it. */
  readonly ready?: readonly Worker[];
  /** Starts one more: in the beginning, and in place of one that has died or hangs. */
  readonly start?: typeof startChecker;
}

/** Checks all tasks, shared among at most `jobs` threads, and tells of each once, in whatever order they are done. */
export async function checkFiles(tasks: readonly FileTask[], cwd: string, jobs: number, told: Told, { limits = defaultLimits, ready = [], start = startChecker }: Threads = {}): Promise<void> {
  const threads = threadsFor(tasks.length, jobs);
  await Promise.all(ready.slice(threads).map((worker) => worker.terminate()));
  if (threads === 0) return checkHere(tasks, cwd, told);
  const stretches = new Stretches(tasks.length, threads, batchSize);
  const nextOf = (thread: number) => (): Batch | undefined => {
    const batch = stretches.take(thread);
    return batch && { first: batch.first, tasks: tasks.slice(batch.first, batch.end) };
  };
  await Promise.all(Array.from({ length: threads }, (_, thread) => new Checker(() => start(cwd, limits), limits, told, ready[thread]).work(nextOf(thread))));
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
 * 2. A file under which the thread dies or hangs is tried once more, by itself in a new thread; then it is a problem and the others go on.
 */
class Checker {
  readonly #start: () => Worker;
  readonly #limits: CheckerLimits;
  readonly #told: Told;
  readonly #underWay = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | undefined;

  /** @param ready A thread that has been started; used if it is still alive. */
  constructor(start: () => Worker, limits: CheckerLimits, told: Told, ready?: Worker) {
    this.#start = start;
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
    let suspect: number | undefined;
    const tell = (checked: CheckedFile): void => this.#told(first + done++, checked);
    while (done < tasks.length) {
      const begin = done;
      // What was checked before the suspect and not yet told of is checked again, and the suspect then by itself.
      const end = suspect === undefined || suspect < begin ? tasks.length : Math.max(suspect, begin + 1);
      const died = await this.#run(tasks.slice(begin, end), tell);
      if (died === undefined) continue;
      await this.#worker?.terminate();
      this.#worker = undefined;
      const culprit = begin + Atomics.load(this.#underWay, 0);
      if (culprit === suspect && culprit === done) tell(problemAt(tasks[culprit]!.candidate.file, `${died} The file was not checked.`));
      else suspect = culprit;
    }
  }

  /** Resolves when all is done, or with why the thread cannot go on. */
  #run(tasks: readonly FileTask[], told: (checked: CheckedFile) => void): Promise<string | undefined> {
    const worker = (this.#worker ??= this.#start());
    const { milliseconds, megabytes } = this.#limits;
    let left = tasks.length;
    Atomics.store(this.#underWay, 0, 0);
    return new Promise((resolve) => {
      const end = (why?: string): void => {
        watchdog.stop();
        worker.off('message', heard).off('error', failed).off('exit', exited);
        resolve(why);
      };
      const watchdog = new Watchdog(milliseconds, () => end(`checking it took more than ${milliseconds / 1000} s.`));
      const heard = (reply: ShareReply): void => {
        for (const checked of reply) told(checked);
        left -= reply.length;
        if (left === 0) end();
        else watchdog.start();
      };
      const failed = (error: NodeJS.ErrnoException): void => end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? `checking it took more than ${megabytes} MB of memory.` : `checking it failed: ${error.message}.`);
      const exited = (code: number): void => end(`checking it ended the thread with code ${code}.`);
      watchdog.start();
      worker.on('message', heard).on('error', failed).on('exit', exited);
      worker.postMessage({ tasks, underWay: this.#underWay } satisfies ShareTasks);
    });
  }
}
