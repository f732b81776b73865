import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createFileChecker, problemAt, type CheckedFile, type FileTask } from './check-file.js';
import { Stretches } from './stretches.js';

/** Handed to a thread that checks files. */
export interface Share {
  readonly kind: 'share';
  readonly cwd: string;
}

/** Tells what came of each task of a batch, as it comes; `place` is the task's in the batch. */
export interface ShareReply {
  readonly place: number;
  readonly checked: CheckedFile;
}

export type Told = (index: number, checked: CheckedFile) => void;

export interface CheckerLimits {
  /** Milliseconds after which a file counts as one that hangs. */
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Files in one batch. */
const batchSize = 16;
/** Fewer files than this are checked before a thread has loaded what it needs. */
const fewest = 48;
const defaultLimits: CheckerLimits = { milliseconds: 60_000, megabytes: 2048 };

/** Checks all tasks, shared among at most `jobs` threads, and tells of each once, in whatever order they are done. */
export async function checkFiles(tasks: readonly FileTask[], cwd: string, jobs: number, told: Told, limits = defaultLimits): Promise<void> {
  if (tasks.length < fewest) return checkHere(tasks, cwd, told);
  const threads = Math.min(jobs, Math.ceil(tasks.length / batchSize));
  const stretches = new Stretches(tasks.length, threads, batchSize);
  const nextOf = (thread: number) => (): Batch | undefined => {
    const batch = stretches.take(thread);
    return batch && { first: batch.first, tasks: tasks.slice(batch.first, batch.end) };
  };
  await Promise.all(Array.from({ length: threads }, (_, thread) => new Checker(cwd, limits, told).work(nextOf(thread))));
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

  constructor(cwd: string, limits: CheckerLimits, told: Told) {
    this.#cwd = cwd;
    this.#limits = limits;
    this.#told = told;
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
    const worker = (this.#worker ??= this.#start());
    const { milliseconds, megabytes } = this.#limits;
    return new Promise((resolve) => {
      const end = (why?: string): void => {
        clearTimeout(watchdog);
        worker.off('message', heard).off('error', failed).off('exit', exited);
        resolve(why);
      };
      const hung = (): void => end(`checking it took more than ${milliseconds / 1000} s.`);
      const heard = ({ place, checked }: ShareReply): void => {
        clearTimeout(watchdog);
        told(checked);
        if (place === tasks.length - 1) end();
        else watchdog = setTimeout(hung, milliseconds);
      };
      const failed = (error: NodeJS.ErrnoException): void => end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? `checking it took more than ${megabytes} MB of memory.` : `checking it failed: ${error.message}.`);
      const exited = (code: number): void => end(`checking it ended the thread with code ${code}.`);
      let watchdog = setTimeout(hung, milliseconds);
      worker.on('message', heard).on('error', failed).on('exit', exited);
      worker.postMessage(tasks);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./cli-engine.js', import.meta.url), { workerData: { kind: 'share', cwd: this.#cwd } satisfies Share, resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes } });
    return worker.on('error', () => {}); // What a thread says while it is ended is not news.
  }
}
