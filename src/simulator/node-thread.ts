import { Worker } from 'node:worker_threads';
import type { Program, RaceProgress } from '../model/index.js';
import { spawnProcess, type Simulating } from './node-process.js';
import { LimitReached, SimulatorError } from './simulator.js';
import type { PartSignal, SimulatorRequest, SimulatorResponse } from './worker/protocol.js';

export interface ThreadOptions {
  /** The bundled worker, `dist/simulator-worker.js`. */
  readonly workerPath: string | URL;
  /** Megabytes of heap that a program may use (default 512). */
  readonly heapMegabytes?: number;
  /** A process of its own instead of a thread. */
  readonly isProcess?: boolean;
}

export type Question = SimulatorRequest extends infer R ? (R extends { readonly id: number } ? Omit<R, 'id'> : never) : never;
export type Answer = Exclude<SimulatorResponse, { readonly type: 'ready' | 'progress' }>;

export interface Exchange {
  readonly program: Program;
  /** Milliseconds after which the thread is killed. */
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RaceProgress) => void) | undefined;
}

/** New objects take three spaces of about ten megabytes. Larger ones are not quicker, and keep twice as much memory for what is garbage. */
const youngMegabytes = 32;
/** Milliseconds between two looks at the process's memory. */
const memoryPeriod = 100;
/** Milliseconds for which it is taken as it was before a question: to look takes as long as a twentieth of a short exploration. */
const memoryLasts = 1_000;

/**
 * A worker thread (or process) that simulates: started at first need, killed when it overruns its time or heap or the caller aborts, and started
 * again for the next question. Questions are answered one after the other.
 */
export class SimulatorThread {
  readonly #options: ThreadOptions;
  #worker: Simulating | undefined;
  /** Starting takes its time on a busy machine, which must not count against the code that is run. */
  readonly #ready = new WeakMap<Simulating, Promise<void>>();
  /** The program that each worker was sent last. */
  readonly #sent = new WeakMap<Simulating, Program>();
  /** Where the worker's subject was last seen: a site's index. */
  readonly #place = new Int32Array(new SharedArrayBuffer(4));
  /** The memory of the process between two questions, and when that was looked at. */
  readonly #memory = { bytes: 0, at: -Infinity };
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** @throws LimitReached, SimulatorError if the worker failed, or the signal's reason. */
  ask(question: Question, exchange: Exchange): Promise<Answer> {
    const request = { ...question, id: ++this.#count } as SimulatorRequest;
    const turn = this.#last.then(() => this.#exchange(request, exchange));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Starts it, if it is not running, so that a question later on need not wait for that. */
  async ready(): Promise<void> {
    if (this.#worker === undefined) (this.#worker = this.#spawn()).unref();
    await this.#ready.get(this.#worker);
  }

  /** Tells whoever is answering. */
  signal(signal: PartSignal): void {
    this.#worker?.postMessage(signal);
  }

  async dispose(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #exchange(request: SimulatorRequest, { program, limit, signal, onProgress }: Exchange): Promise<Answer> {
    signal?.throwIfAborted();
    const worker = (this.#worker ??= this.#spawn());
    await this.#ready.get(worker);
    signal?.throwIfAborted();
    const discard = (): void => {
      if (this.#worker === worker) this.#worker = undefined;
      void worker.terminate();
    };
    return new Promise((resolve, reject) => {
      const end = (run: () => void): void => {
        clearTimeout(timer);
        clearInterval(watch);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        signal?.removeEventListener('abort', onAbort);
        worker.unref();
        run();
      };
      const fail = (error: SimulatorError): void => end(() => { discard(); reject(error); });
      const outOfMemory = (megabytes: number): LimitReached => new LimitReached('heap', `the code used more than ${megabytes} MB of memory${this.#near(program)}`);
      const onMessage = (response: SimulatorResponse): void => {
        if (response.type === 'ready' || response.id !== request.id) return;
        if (response.type === 'progress') onProgress?.(response.progress);
        else end(() => resolve(response));
      };
      const onError = (error: Error & { code?: string }): void => fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory(this.#heap) : new SimulatorError(`the simulator's worker failed: ${error.message}`));
      const onExit = (code: number): void => fail(new SimulatorError(`the simulator's worker ended with code ${code}`));
      const onAbort = (): void => end(() => { discard(); reject(signal!.reason as Error); });
      const timer = setTimeout(() => fail(new LimitReached('time', `the code did not come to rest within ${Math.round(limit / 1000)} s${this.#near(program)}`)), limit);
      // Buffers lie outside the heap, where no limit of the worker's counts them.
      const before = this.#memoryBefore();
      const watch = setInterval(() => { if (process.memoryUsage.rss() - before > 2 * this.#heap * 2 ** 20) fail(outOfMemory(2 * this.#heap)); }, memoryPeriod);
      this.#place[0] = -1;
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.ref();
      worker.postMessage(this.#lightened(request, worker));
    });
  }

  #memoryBefore(): number {
    const now = performance.now();
    if (now - this.#memory.at > memoryLasts) Object.assign(this.#memory, { bytes: process.memoryUsage.rss(), at: now });
    return this.#memory.bytes;
  }

  /** A worker keeps the last program: another scenario of the same one comes without it. */
  #lightened(request: SimulatorRequest, worker: Simulating): SimulatorRequest {
    if (request.type !== 'explore' && request.type !== 'replay') return request;
    const { program, ...scenario } = request.scenario;
    if (program === undefined || this.#sent.get(worker) !== program) {
      if (program !== undefined) this.#sent.set(worker, program);
      return request;
    }
    return { ...request, scenario };
  }

  #near({ sites }: Program): string {
    const range = sites[this.#place[0]!]?.range;
    return range ? ` (near ${range.file}:${range.start.line})` : '';
  }

  #spawn(): Simulating {
    const { workerPath } = this.#options;
    const worker = this.#options.isProcess === true ? spawnProcess(workerPath, this.#heap) : this.#thread();
    this.#ready.set(worker, new Promise((resolve) => { for (const sign of ['message', 'error', 'exit'] as const) worker.once(sign, () => resolve()); }));
    // A worker that fails between two questions is replaced at the next one.
    worker.on('error', () => { if (this.#worker === worker) this.#worker = undefined; });
    worker.on('exit', () => { if (this.#worker === worker) this.#worker = undefined; });
    return worker;
  }

  #thread(): Simulating {
    const resourceLimits = { maxOldGenerationSizeMb: this.#heap, maxYoungGenerationSizeMb: youngMegabytes, stackSizeMb: 4 };
    return new Worker(this.#options.workerPath, { resourceLimits, env: {}, argv: [], stdin: false, stdout: false, stderr: false, workerData: { place: this.#place.buffer } }) as unknown as Simulating;
  }

  get #heap(): number {
    return this.#options.heapMegabytes ?? 512;
  }
}
