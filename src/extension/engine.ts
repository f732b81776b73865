import { Worker } from 'node:worker_threads';
import type { EngineCalls, EngineMethod, EngineReply, EngineRequest, EngineSetup } from './engine-protocol.js';

/**
 * The engine thread as its host sees it: analysis and proof behind typed calls, so that the extension host never waits for either.
 *
 * Invariants
 * 1. No thread runs before the first call.
 * 2. A call settles exactly once: with its result, with the engine's error, or as cancelled.
 * 3. A call that was in flight when the thread died is tried once more; if the thread dies again the call fails, so that one
 *    poisonous file can neither stop the others nor be retried for ever.
 * 4. A thread that keeps dying is started ever more slowly, and at full speed again after its first answer.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #pending = new Map<number, PendingCall>();
  #worker: Worker | undefined;
  #restart: NodeJS.Timeout | undefined;
  #lastId = 0;
  #deaths = 0;
  #isDisposed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** True while a thread is up (invariant 1). */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** Rejects with `CallCancelled` when `signal` fires, and with `EngineStopped` when the thread died twice on this call. */
  call<M extends EngineMethod>(method: M, params: EngineCalls[M]['params'], signal?: AbortSignal): Promise<EngineCalls[M]['result']> {
    if (this.#isDisposed || signal?.aborted) return Promise.reject(new CallCancelled());
    const id = ++this.#lastId;
    return new Promise<EngineCalls[EngineMethod]['result']>((resolve, reject) => {
      const request = { type: 'call', id, method, params } as EngineRequest & { type: 'call' };
      const cancel = (): void => this.#cancel(id);
      signal?.addEventListener('abort', cancel, { once: true });
      const forget = (): void => {
        this.#pending.delete(id);
        clearTimeout(call.watchdog);
        signal?.removeEventListener('abort', cancel);
      };
      const call: PendingCall = {
        request,
        wasRetried: false,
        resolve: (value) => (forget(), resolve(value)),
        reject: (error) => (forget(), reject(error)),
      };
      this.#pending.set(id, call);
      if (!this.#restart) this.#send(call);
    });
  }

  /** Ends the thread; a new one starts with the next call. Calls in flight are tried once more. */
  restart(): void {
    this.#stopped(new Error('it was asked to restart'), 0);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#restart);
    this.#drop();
    for (const call of [...this.#pending.values()]) call.reject(new CallCancelled());
  }

  #send(call: PendingCall): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(call.request);
    if (call.request.method !== 'analyse') return;
    const limit = this.#options.analysisLimit ?? 60_000;
    call.watchdog = setTimeout(() => this.#stopped(new Error(`an analysis took more than ${limit / 1000} s`)), limit);
  }

  #start(): Worker {
    const setup: EngineSetup = { simulatorWorker: this.#options.simulatorWorker };
    const worker = new Worker(this.#options.engineWorker, { workerData: setup, resourceLimits: { maxOldGenerationSizeMb: 2048 }, stdout: true, stderr: true });
    worker.stdout.on('data', (chunk) => this.#options.log(String(chunk).trimEnd()));
    worker.stderr.on('data', (chunk) => this.#options.log(String(chunk).trimEnd()));
    const ended = (error: Error): void => {
      if (this.#worker === worker) this.#stopped(error);
    };
    worker.on('message', (reply: EngineReply) => {
      if (this.#worker === worker) this.#settle(reply);
    });
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`it exited with code ${code}`)));
    this.#options.log('Engine started.');
    return worker;
  }

  #settle(reply: EngineReply): void {
    this.#deaths = 0;
    const call = this.#pending.get(reply.id);
    if (reply.type === 'result') return call?.resolve(reply.value);
    this.#options.log(`Engine call failed: ${reply.stack ?? reply.message}`);
    call?.reject(new Error(reply.message));
  }

  #cancel(id: number): void {
    const call = this.#pending.get(id);
    if (!call) return;
    this.#worker?.postMessage({ type: 'cancel', id } satisfies EngineRequest);
    call.reject(new CallCancelled());
  }

  #stopped(error: Error, delay = Math.min(30_000, 250 * 2 ** this.#deaths)): void {
    this.#drop();
    this.#deaths++;
    for (const call of [...this.#pending.values()]) {
      clearTimeout(call.watchdog);
      if (call.wasRetried) call.reject(new EngineStopped(error));
      call.wasRetried = true;
    }
    this.#options.log(`Engine stopped: ${error.message}. It starts again ${this.#pending.size ? `in ${delay} ms` : 'when it is needed'}.`);
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      for (const call of this.#pending.values()) this.#send(call);
    }, delay);
  }

  #drop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

export interface EngineOptions {
  /** Absolute path of the engine's bundle. */
  readonly engineWorker: string;
  /** Absolute path of the simulator's worker bundle. */
  readonly simulatorWorker: string;
  readonly log: (line: string) => void;
  /** Milliseconds after which an analysis counts as hung; a minute unless told. */
  readonly analysisLimit?: number;
}

interface PendingCall {
  readonly request: EngineRequest & { readonly type: 'call' };
  readonly resolve: (value: EngineCalls[EngineMethod]['result']) => void;
  readonly reject: (error: Error) => void;
  wasRetried: boolean;
  watchdog?: NodeJS.Timeout;
}

/** The caller no longer wants the answer; nothing to report to anyone. */
export class CallCancelled extends Error {
  override readonly name = 'CallCancelled';
  constructor() {
    super('cancelled');
  }
}

/** The thread died under the same call twice. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
  constructor(cause: Error) {
    super(`Raceproof's engine stopped (${cause.message}).`, { cause });
  }
}
