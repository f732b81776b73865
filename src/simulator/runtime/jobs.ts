import { put } from '../explore/lists.js';

/** What each AsyncLocalStorage holds for the code that runs, and for all that it causes; never changed, only replaced. */
export type Stores = ReadonlyMap<object, unknown> | undefined;

/** On whose behalf code runs: what jobs, timers and events take along from who creates them. */
export interface Carried {
  readonly task: string;
  readonly stores: Stores;
}

/** A microtask: a promise reaction, a thenable to be adopted, or a callback of `queueMicrotask` or `process.nextTick`. */
export interface Job {
  /** The task on whose behalf it runs, as AsyncLocalStorage would carry it. */
  readonly task: string;
  readonly stores: Stores;
  run(): void;
}

/** First in, first out; its storage is used again once it has been empty. */
export class JobQueue {
  readonly #jobs: (Job | undefined)[] = [];
  #head = 0;
  #tail = 0;

  get isEmpty(): boolean {
    return this.#head === this.#tail;
  }

  add(job: Job): void {
    put(this.#jobs, this.#tail++, job);
  }

  take(): Job | undefined {
    if (this.isEmpty) return undefined;
    const job = this.#jobs[this.#head];
    this.#jobs[this.#head++] = undefined;
    if (this.isEmpty) this.#head = this.#tail = 0;
    return job;
  }

  clear(): void {
    while (this.#head < this.#tail) this.#jobs[this.#head++] = undefined;
    this.#head = this.#tail = 0;
  }
}

export class CallbackJob implements Job {
  readonly task: string;
  readonly stores: Stores;
  readonly #callback: (...args: unknown[]) => unknown;
  readonly #args: unknown[];

  constructor({ task, stores }: Carried, callback: (...args: unknown[]) => unknown, args: unknown[]) {
    this.task = task;
    this.stores = stores;
    this.#callback = callback;
    this.#args = args;
  }

  run(): void {
    const callback = this.#callback;
    callback(...this.#args);
  }
}
