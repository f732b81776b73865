import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { compileLate } from './compiling.js';
import { discover, type Discovery } from './discover.js';
import type { CheckOptions } from './options.js';

/** Handed to a thread that checks files. */
export interface Share {
  readonly kind: 'share';
  readonly cwd: string;
}

export interface CheckerLimits {
  /** Milliseconds of work after which a file counts as one that hangs. */
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Files in one batch. */
export const batchSize = 16;
/** Fewer files than this are checked before a thread has loaded what it needs. */
const fewest = 48;
const mostJobs = 4;
/** Three times what new objects may take before they are looked through: most of what one file needs is gone by then, and is not copied. */
const youngMegabytes = 96;
export const defaultLimits: CheckerLimits = { milliseconds: 60_000, megabytes: 2048 };

/** How many threads may work on a check. */
export function jobsOf({ jobs }: Pick<CheckOptions, 'jobs'>): number {
  return jobs ?? Math.min(mostJobs, availableParallelism());
}

/** How many threads so many files are shared among; none if they are better checked where they are. */
export function threadsFor(files: number, jobs: number): number {
  return files < fewest ? 0 : Math.min(jobs, Math.ceil(files / batchSize));
}

/** A thread that checks what it is sent. */
export function startChecker(cwd: string, { megabytes } = defaultLimits): Worker {
  const worker = new Worker(new URL('./cli-engine.js', import.meta.url), { workerData: { kind: 'share', cwd } satisfies Share, resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: youngMegabytes } });
  return worker.on('error', () => {}); // What a thread says while it is ended is not news.
}

/** What of a check can be done before the engine is there. */
export interface Ahead {
  readonly found: Discovery;
  /** Threads that load what they need meanwhile. */
  readonly checkers: Worker[];
}

/** Begins a check: finds its files and, where they are many, starts who will check them. */
export function beginCheck(options: CheckOptions, cwd: string): Ahead {
  const found = discover(options.paths, cwd);
  const threads = options.changed ? 0 : threadsFor(found.candidates.length, jobsOf(options));
  // Where something is proved too, how long that takes decides.
  if (threads > 1 && !options.isProved) compileLate();
  return { found, checkers: Array.from({ length: threads }, () => startChecker(cwd)) };
}
