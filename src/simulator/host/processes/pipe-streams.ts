import type { AgentHost } from '../../agents/operations.js';
import type { EventLoop } from '../../runtime/loop.js';
import { errnoException } from './errno.js';
import { readerAddress, writerAddress, type PipeNews } from './pipes.js';

type Done = (error?: Error | null) => void;

/** A stream of Node's library, as far as its maker has to know it. */
export interface Stream {
  on(type: string, listener: (...args: never[]) => void): unknown;
  push(chunk: Uint8Array | null): boolean;
  read(size?: number): unknown;
  resume(): unknown;
  destroy(error?: Error): unknown;
  write(chunk: unknown): boolean;
  readonly readable?: boolean;
  readonly destroyed: boolean;
}

interface StreamOptions {
  readonly highWaterMark: number;
  readonly read?: (this: Stream) => void;
  readonly write?: (this: Stream, chunk: Uint8Array, encoding: string, done: Done) => void;
  readonly writev?: (this: Stream, chunks: readonly { readonly chunk: Uint8Array }[], done: Done) => void;
  readonly final?: (this: Stream, done: Done) => void;
  readonly destroy?: (this: Stream, error: Error | null, done: Done) => void;
}

export interface PipeStreamsWorld {
  readonly host: AgentHost;
  readonly loop: EventLoop;
  /** Of the process at hand. */
  readonly pid: number;
  /** Bytes that a pipe holds. */
  readonly pipeCapacity: () => number;
  /** `node:stream` and `Buffer`. */
  readonly library: () => {
    readonly Readable: new (options: StreamOptions) => Stream;
    readonly Writable: new (options: StreamOptions) => Stream;
    readonly Buffer: { from(text: string, encoding: 'latin1'): Uint8Array };
  };
}

export type PipeStreams = ReturnType<typeof createPipeStreams>;

/** Streams over the ends of pipes, as `net.Socket` does it for the standard streams of processes. */
export function createPipeStreams({ host, pid, library, pipeCapacity }: PipeStreamsWorld) {
  /** What a stream keeps, 16 KiB in Node; less where pipes are made small, or no pipe would ever be full. */
  const highWaterMark = (): number => Math.min(16_384, Math.ceil(pipeCapacity() / 4));
  const call = (pipe: string, method: string, payload: object = {}): unknown => host.perform({ kind: 'shared', site: host.site, object: pipe, method, payload, name: pipe });

  const closers = new WeakMap<Stream, () => void>();

  /** `isReading`: the pipe has been told so already. */
  function reader(pipe: string, isReading: boolean): Stream {
    const { Readable, Buffer } = library();
    let isStarted = isReading;
    let isClosed = false;
    const close = (): void => {
      if (isClosed) return;
      isClosed = true;
      call(pipe, 'close reader', { pid });
    };
    const stream: Stream = new Readable({
      highWaterMark: highWaterMark(),
      read() {
        if (isStarted || isClosed) return;
        isStarted = true;
        call(pipe, 'start', { pid });
      },
      destroy(error, done) {
        close();
        done(error);
      },
    });
    host.onInput(readerAddress(pipe), (news) => {
      if (isClosed) return;
      if ((news as PipeNews) === 'end') {
        isClosed = true;
        stream.push(null);
        stream.read(0);
        return;
      }
      const bytes = call(pipe, 'read') as string;
      if (bytes !== '' && !stream.push(Buffer.from(bytes, 'latin1')) && !isClosed) {
        isStarted = false;
        call(pipe, 'stop');
      }
    });
    if (isReading) stream.read(0);
    return Object.assign(stream, { writable: false });
  }

  function writer(pipe: string): Stream {
    const { Writable } = library();
    let goOn: (() => void) | undefined;
    let isClosed = false;
    const close = (): void => {
      if (isClosed) return;
      isClosed = true;
      call(pipe, 'close writer', { pid });
    };
    const put = (bytes: string, done: Done): void => {
      goOn = undefined;
      const taken = call(pipe, 'write', { bytes, pid }) as number | 'EPIPE';
      if (taken === 'EPIPE') done(errnoException('EPIPE', 'write'));
      else if (taken === bytes.length) done();
      else goOn = () => put(bytes.slice(taken), done);
    };
    host.onInput(writerAddress(pipe), () => { if (!isClosed) goOn?.(); });
    const stream = new Writable({
      highWaterMark: highWaterMark(),
      write: (chunk, _encoding, done) => put(textOf(chunk), done),
      writev: (chunks, done) => put(chunks.map(({ chunk }) => textOf(chunk)).join(''), done),
      final: (done) => {
        close();
        done();
      },
      destroy: (error, done) => {
        close();
        done(error);
      },
    });
    closers.set(stream, () => { isClosed = true; });
    return Object.assign(stream, { readable: false });
  }

  /** The end is closed already. */
  function noteClosed(stream: Stream): void {
    closers.get(stream)?.();
  }

  /** Waits until there is something, the whole agent: at most `size` bytes; null at the end of file. */
  function readNow(pipe: string, size: number): string | null {
    return call(pipe, 'read, blocking', { size }) as string | null;
  }

  /** Waits until all of it is in the pipe, the whole agent. False: nobody reads it any more (EPIPE). */
  function writeNow(pipe: string, bytes: string): boolean {
    for (let left = bytes; left !== '';) {
      const taken = call(pipe, 'write, blocking', { bytes: left }) as number | 'EPIPE';
      if (taken === 'EPIPE') return false;
      left = left.slice(taken);
    }
    return true;
  }

  return { reader, writer, readNow, writeNow, noteClosed };
}

/** A character for each byte. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** UTF-8, a character for each byte. */
export function utf8Of(text: string): string {
  return textOf(new TextEncoder().encode(text));
}
