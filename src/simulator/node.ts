import { Worker } from 'node:worker_threads';
import type { Exploration, ExplorationOptions, Scenario, Schedule, Trace } from '../model/index.js';
import { SimulatorError, type Simulator } from './simulator.js';
import type { SimulatorRequest, SimulatorResponse } from './worker/protocol.js';

export interface NodeSimulatorOptions {
  /** The bundled worker, `dist/simulator-worker.js`. */
  readonly workerPath: string | URL;
  /** Megabytes of heap that a program may use. */
  readonly heapMegabytes?: number;
}

/** Milliseconds beyond the exploration's own limit after which a worker that does not answer is killed. */
const grace = 8_000;
const replayLimit = 10_000;
/** Milliseconds between two looks at the process's memory. */
const memoryPeriod = 100;

/**
 * A simulator in a worker thread of its own, started at first need, killed when it overruns its time or heap or the caller aborts,
 * and started again for the next request. Requests are answered one after the other.
 */
export function createNodeSimulator(options: NodeSimulatorOptions): Simulator {
  return new NodeSimulator(options);
}

class NodeSimulator implements Simulator {
  readonly #options: NodeSimulatorOptions;
  #worker: Worker | undefined;
  /** Starting takes its time on a busy machine, which must not count against the code that is run. */
  readonly #ready = new WeakMap<Worker, Promise<void>>();
  /** Where the worker's subject was last seen: a site's index. */
  readonly #place = new Int32Array(new SharedArrayBuffer(4));
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(options: NodeSimulatorOptions) {
    this.#options = options;
  }

  async explore(scenario: Scenario, options: ExplorationOptions, signal?: AbortSignal): Promise<Exploration> {
    const response = await this.#ask({ type: 'explore', id: ++this.#count, scenario, options }, options.maxMilliseconds + grace, signal);
    if (response.type !== 'explored') throw unexpected(response);
    return response.exploration;
  }

  async replay(scenario: Scenario, schedule: Schedule, signal?: AbortSignal): Promise<Trace> {
    const response = await this.#ask({ type: 'replay', id: ++this.#count, scenario, schedule }, replayLimit, signal);
    if (response.type !== 'replayed') throw unexpected(response);
    return response.trace;
  }

  async dispose(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #ask(request: SimulatorRequest, limit: number, signal?: AbortSignal): Promise<SimulatorResponse> {
    const turn = this.#last.then(() => this.#exchange(request, limit, signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #exchange(request: SimulatorRequest, limit: number, signal?: AbortSignal): Promise<SimulatorResponse> {
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
      const fail = (message: string): void => end(() => { discard(); reject(new SimulatorError(message)); });
      const onMessage = (response: SimulatorResponse): void => { if (response.type !== 'ready' && response.id === request.id) end(() => resolve(response)); };
      const onError = (error: Error & { code?: string }): void => fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? this.#outOfMemory(request) : `the simulator's worker failed: ${error.message}`);
      const onExit = (code: number): void => fail(`the simulator's worker ended with code ${code}`);
      const onAbort = (): void => end(() => { discard(); reject(signal!.reason as Error); });
      const timer = setTimeout(() => fail(`the code did not come to rest within ${Math.round(limit / 1000)} s${this.#near(request)}`), limit);
      // Buffers lie outside the heap, where no limit of the worker's counts them.
      const before = process.memoryUsage.rss();
      const watch = setInterval(() => { if (process.memoryUsage.rss() - before > 2 * this.#heap * 2 ** 20) fail(this.#outOfMemory(request, 2 * this.#heap)); }, memoryPeriod);
      this.#place[0] = -1;
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.ref();
      worker.postMessage(request);
    });
  }

  #outOfMemory(request: SimulatorRequest, megabytes = this.#heap): string {
    return `the code used more than ${megabytes} MB of memory${this.#near(request)}`;
  }

  #near({ scenario: { program } }: SimulatorRequest): string {
    const range = program.sites[this.#place[0]!]?.range;
    return range ? ` (near ${range.file}:${range.start.line})` : '';
  }

  #spawn(): Worker {
    const { workerPath } = this.#options;
    const worker = new Worker(workerPath, { resourceLimits: { maxOldGenerationSizeMb: this.#heap, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 }, env: {}, argv: [], stdin: false, stdout: false, stderr: false, workerData: { place: this.#place.buffer } });
    this.#ready.set(worker, new Promise((resolve) => { for (const sign of ['message', 'error', 'exit']) worker.once(sign, () => resolve()); }));
    // A worker that fails between two requests is replaced at the next one.
    worker.on('error', () => { if (this.#worker === worker) this.#worker = undefined; });
    worker.on('exit', () => { if (this.#worker === worker) this.#worker = undefined; });
    return worker;
  }

  get #heap(): number {
    return this.#options.heapMegabytes ?? 512;
  }
}

function unexpected(response: SimulatorResponse): SimulatorError {
  return new SimulatorError(response.type === 'failed' ? response.message : `unexpected answer ${response.type}`);
}
