import { customPromisify } from '../node-library/internals.js';
import { nodeError, requireFunction } from '../events/errors.js';
import type { ChildProcessWorld } from './child-process.js';
import type { Stream } from './pipe-streams.js';

/** A child, as far as `execFile` has to know it. */
interface Child {
  readonly stdout: Stream | null;
  readonly stderr: Stream | null;
  readonly killed: boolean;
  on(type: string, listener: (...args: never[]) => void): unknown;
  kill(signal?: unknown): boolean;
}

type Output = string | Uint8Array;
type Callback = (error: Error | null, stdout: Output, stderr: Output) => void;

interface ExecOptions {
  readonly encoding?: unknown;
  readonly maxBuffer?: number;
  readonly killSignal?: unknown;
}

/** `execFile` of a program of Node: what it has written, once it has ended. Source: lib/child_process.js of Node 20. */
export function createExecFile({ Promise, Buffer }: Pick<ChildProcessWorld, 'Promise' | 'Buffer'>, spawn: (file: unknown, args: unknown, options: object) => Child) {
  function execFile(file: unknown, ...rest: readonly unknown[]): Child {
    const args = Array.isArray(rest[0]) ? (rest[0] as unknown[]).map(String) : [];
    const given = rest.filter((one) => one !== undefined && one !== null && !Array.isArray(one));
    const callback = given.find((one) => typeof one === 'function') as Callback | undefined;
    const options = (given.find((one) => typeof one === 'object') ?? {}) as ExecOptions;
    if (given.length > 0 && callback === undefined && typeof given.at(-1) !== 'object') requireFunction('callback', given.at(-1));
    const child = spawn(file, args, { ...options, stdio: 'pipe' });
    if (callback) new Collected(child, options, Buffer, [String(file), ...args].join(' '), callback);
    return child;
  }

  const promised = (...args: readonly unknown[]): unknown => {
    let child: Child | undefined;
    const promise = new Promise((resolve, reject) => {
      child = execFile(args[0], ...args.slice(1), (error: Error | null, stdout: Output, stderr: Output) => (error === null ? resolve({ stdout, stderr }) : reject(Object.assign(error, { stdout, stderr }))));
    });
    return Object.assign(promise, { child });
  };
  return Object.defineProperty(execFile, customPromisify, { value: promised });
}

class Collected {
  readonly #child: Child;
  readonly #buffer: ChildProcessWorld['Buffer'];
  readonly #encoding: string | undefined;
  readonly #command: string;
  readonly #callback: Callback;
  readonly #chunks: Readonly<Record<'stdout' | 'stderr', Output[]>> = { stdout: [], stderr: [] };
  #error: (Error & { cmd?: string }) | undefined;
  #isDone = false;

  constructor(child: Child, options: ExecOptions, Buffer: ChildProcessWorld['Buffer'], command: string, callback: Callback) {
    const { encoding = 'utf8', maxBuffer = 1024 * 1024 } = options;
    this.#child = child;
    this.#buffer = Buffer;
    this.#encoding = encoding !== 'buffer' && Buffer.isEncoding(encoding) ? (encoding as string) : undefined;
    this.#command = command;
    this.#callback = callback;
    for (const name of ['stdout', 'stderr'] as const) this.#collect(name, maxBuffer, options.killSignal);
    child.on('close', (code: number | null, signal: string | null) => this.#ended(code, signal));
    child.on('error', (error: Error) => {
      this.#error ??= error;
      this.#ended(null, null);
    });
  }

  #collect(name: 'stdout' | 'stderr', maxBuffer: number, killSignal: unknown): void {
    const stream = this.#child[name] as (Stream & { setEncoding(encoding: string): void }) | null;
    if (stream === null) return;
    let length = 0;
    if (this.#encoding !== undefined) stream.setEncoding(this.#encoding);
    stream.on('data', (chunk: Output) => {
      length += chunk.length;
      if (length <= maxBuffer) {
        this.#chunks[name].push(chunk);
        return;
      }
      this.#error ??= nodeError(RangeError, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', `${name} maxBuffer length exceeded`);
      this.#child.kill(killSignal);
    });
  }

  #ended(code: number | null, signal: string | null): void {
    if (this.#isDone) return;
    this.#isDone = true;
    const output = (chunks: Output[]): Output => (this.#encoding === undefined ? (this.#buffer.concat(chunks as Uint8Array[]) as Uint8Array) : chunks.join(''));
    const [stdout, stderr] = [output(this.#chunks.stdout), output(this.#chunks.stderr)];
    if (this.#error === undefined && code === 0 && signal === null) {
      this.#callback(null, stdout, stderr);
      return;
    }
    const error = this.#error ?? Object.assign(new Error(`Command failed: ${this.#command}\n${String(stderr)}`), { code, killed: this.#child.killed, signal });
    this.#callback(Object.assign(error, { cmd: this.#command }), stdout, stderr);
  }
}
