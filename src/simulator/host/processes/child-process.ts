import type { Timers } from '../../runtime/timers.js';
import { abortError } from '../events/errors.js';
import { name } from '../events/event.js';
import { IpcEnd, type IpcWorld } from './ipc-end.js';
import { codecOf, type CodecWorld } from './message-codec.js';
import type { BufferConstructor } from '../buffer/index.js';
import { createExecFile } from './exec-file.js';
import type { PipeStreams, Stream } from './pipe-streams.js';
import { pipeKind } from './pipes.js';
import { processKind, type ProcessEntry, type StandardStream } from './process-entry.js';
import { processTable, type KillResult, type ProcessNews } from './processes.js';
import { forkArguments, spawnArguments, validSignal, type SpawnPlan, type Stdio } from './spawn-arguments.js';

export interface ChildProcessWorld extends IpcWorld, CodecWorld {
  readonly timers: Pick<Timers, 'setTimeout' | 'clearTimeout'>;
  /** The environment of this process; null: nothing is known of it. */
  readonly env: Readonly<Record<string, string>> | null;
  /** Where its own standard streams lead. */
  readonly stdio: ProcessEntry['stdio'] | undefined;
  readonly streams: PipeStreams;
  /** Of the pipes to its children. */
  readonly pipeCapacity: () => number;
  readonly Promise: PromiseConstructor;
  readonly Buffer: Pick<BufferConstructor, 'concat' | 'isEncoding'>;
}

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
}

/** `node:child_process`, for programs of Node that are linked with the scenario. */
export function createChildProcess(world: ChildProcessWorld) {
  const { host, loop, events } = world;
  const { EventEmitter } = events.emitters;

  class ChildProcess extends EventEmitter {
    signalCode: string | null = null;
    exitCode: number | null = null;
    killed = false;
    spawnfile: string | null = null;
    spawnargs: readonly string[] = [];
    pid: number | undefined = undefined;
    stdin: Stream | null = null;
    stdout: Stream | null = null;
    stderr: Stream | null = null;
    stdio: readonly (Stream | null)[] = [];
    readonly #id: string = host.identify(processKind);
    #ipc: IpcEnd | undefined;
    /** The end, and each stream and channel that has to be closed before `close` is emitted. */
    #closesNeeded = 1;
    #closesGot = 0;
    #hasExited = false;

    constructor(plan: SpawnPlan) {
      super();
      this.spawnfile = plan.command;
      this.spawnargs = [plan.command, ...plan.args];
      const stdio = plan.stdio.map(standardStream) as [StandardStream, StandardStream, StandardStream];
      const hasChannel = plan.stdio.includes('ipc');
      const entry: Omit<ProcessEntry, 'pid' | 'ppid'> = {
        file: plan.file.replace(/^\.?\//, ''), process: this.#id, argv: plan.argv, env: plan.env ?? world.env,
        serialization: hasChannel ? plan.serialization : null, stdio, pipeCapacity: world.pipeCapacity(),
      };
      host.onInput(this.#id, (news) => this.#told(news as ProcessNews));
      this.pid = this.#perform('start', { entry }) as number;
      loop.nextTick(() => void this.emit('spawn'));
      this.stdio = stdio.map((stream, at) => this.#stream(stream, at));
      [this.stdin, this.stdout, this.stderr] = this.stdio as [Stream | null, Stream | null, Stream | null];
      if (hasChannel) this.#connect(plan);
    }

    /** This side of a pipe. The child is not done before its output is. */
    #stream(stream: StandardStream, at: number): Stream | null {
      if (typeof stream !== 'object' || !stream.isNew) return null;
      if (at === 0) return world.streams.writer(stream.pipe);
      const output = world.streams.reader(stream.pipe, true);
      this.#closesNeeded++;
      output.on('close', () => this.#maybeClose());
      return output;
    }

    #connect({ serialization }: SpawnPlan): void {
      this.#closesNeeded++;
      const ipc = (this.#ipc = new IpcEnd(world, this.#id, 'parent', codecOf(serialization, world), {
        emit: (type, ...args) => this.emit(type, ...args), listenerCount: (type) => this.listenerCount(type), on: (type, listener) => this.on(type, listener), onClosed: () => this.#maybeClose(),
      }));
      Object.assign(this, {
        send: (message: unknown, handle?: unknown, options?: unknown, callback?: unknown) => ipc.send(message, handle, options, callback),
        disconnect: () => ipc.disconnect(),
      });
    }

    get connected(): boolean {
      return this.#ipc?.connected ?? false;
    }

    get channel(): object | null | undefined {
      return this.#ipc?.control;
    }

    #told(news: ProcessNews): void {
      if (news.kind !== 'exit') return;
      this.#hasExited = true;
      if (news.signal === null) this.#set('exitCode', news.code);
      else this.#set('signalCode', news.signal);
      if (this.stdin) world.streams.noteClosed(this.stdin);
      this.stdin?.destroy();
      this.emit('exit', this.exitCode, this.signalCode);
      loop.nextTick(() => this.#flush());
      this.#maybeClose();
    }

    /** What nobody reads is read now, so that it comes to its end. */
    #flush(): void {
      for (const stream of this.stdio) if (stream?.readable) stream.resume();
    }

    #set<K extends 'exitCode' | 'signalCode' | 'killed'>(field: K, value: this[K]): void {
      loop.touch(loop.identity.of(this), field, 'write');
      this[field] = value;
    }

    #maybeClose(): void {
      loop.touch(loop.identity.of(this), 'closes', 'write');
      this.#closesGot++;
      if (this.#closesGot === this.#closesNeeded) this.emit('close', this.exitCode, this.signalCode);
    }

    kill(given?: unknown): boolean {
      const signal = validSignal(given);
      if (this.#hasExited) return false;
      const result = host.perform({ kind: 'shared', site: host.site, object: processTable, method: 'kill', payload: { pid: this.pid, signal }, name: signal === null ? this.#id : `${this.#id} (${signal})` }) as KillResult;
      if (result === 'stops') throw new Error(`${signal} stops process ${this.pid}, which is not simulated`);
      if (result !== 'ok') return false;
      this.#set('killed', true);
      return true;
    }

    ref(): void {
      this.#perform('ref', { isRef: true });
    }

    unref(): void {
      this.#perform('ref', { isRef: false });
    }

    #perform(method: string, payload: object): unknown {
      return host.perform({ kind: 'shared', site: host.site, object: this.#id, method, payload, name: this.#id });
    }
  }
  name(ChildProcess, 'ChildProcess');

  function standardStream(kind: Stdio, at: number): StandardStream {
    if (kind === 'pipe') return { pipe: host.identify(pipeKind), isNew: true };
    const own = world.stdio?.[at] ?? 'inherit';
    return kind !== 'inherit' ? 'ignore' : typeof own === 'object' ? { pipe: own.pipe, isNew: false } : own;
  }

  function start(plan: SpawnPlan): ChildProcess {
    const { timeout, killSignal, signal } = plan.options;
    const child = new ChildProcess(plan);
    if (typeof timeout === 'number' && timeout > 0) {
      const timer = world.timers.setTimeout(() => void child.kill(killSignal), timeout);
      child.once('exit', () => world.timers.clearTimeout(timer));
    }
    if (signal !== undefined && signal !== null) killOnAbort(child, signal as Signal, killSignal);
    return child;
  }

  function killOnAbort(child: ChildProcess, signal: Signal, killSignal: unknown): void {
    const abort = (): void => {
      if (child.kill(killSignal)) child.emit('error', abortError(signal.reason));
    };
    if (signal.aborted) loop.nextTick(abort);
    else {
      const { addEventListener, removeEventListener } = signal as unknown as Readonly<Record<string, (...args: unknown[]) => void>>;
      Reflect.apply(addEventListener!, signal, ['abort', abort]);
      child.once('exit', () => Reflect.apply(removeEventListener!, signal, ['abort', abort]));
    }
  }

  const refused = (called: string) => (): never => {
    throw new Error(`child_process.${called} is not simulated; start a program of Node with fork('./child.js') or spawn(process.execPath, ['./child.js'])`);
  };
  return {
    ChildProcess,
    fork: (modulePath: unknown, args?: unknown, options?: unknown) => start(forkArguments(modulePath, args, options)),
    spawn: (command: unknown, args?: unknown, options?: unknown) => start(spawnArguments(command, args, options)),
    execFile: createExecFile(world, (file, args, options) => start(spawnArguments(file, args, options))),
    exec: refused('exec'), execSync: refused('execSync'), execFileSync: refused('execFileSync'), spawnSync: refused('spawnSync'),
  };
}

