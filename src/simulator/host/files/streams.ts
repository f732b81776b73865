import type { BufferConstructor } from '../buffer/index.js';
import { optionsOf, requirePath, type Options } from './arguments.js';
import { invalidArgument } from '../events/errors.js';
import { outOfRange } from '../buffer/ranges.js';

type Callback = (error?: unknown, result?: never) => void;
type Call = (...args: unknown[]) => void;

/** What a stream asks of `fs`. */
interface Calls {
  readonly open: Call;
  readonly read: Call;
  readonly write: Call;
  readonly close: Call;
}

interface FileStream {
  fd: number | null;
  flags: unknown;
  mode: unknown;
  path: unknown;
  emit(type: string, value?: unknown): void;
  destroy(error?: unknown): void;
}

type StreamClass<Members> = new (options: object) => FileStream & Members & { once(type: string, run: () => void): void };
type ReadableClass = StreamClass<{ push(chunk: unknown): void }>;
type WritableClass = StreamClass<{ end(): void; setDefaultEncoding(encoding: unknown): void }>;

/** `ReadStream` and `WriteStream`: Node's streams over calls that are an event each. Source: lib/internal/fs/streams.js of Node 20. */
export function createStreams({ Readable, Writable }: { readonly Readable: ReadableClass; readonly Writable: WritableClass }, fs: Calls, Buffer: BufferConstructor) {
  function opens(stream: FileStream, callback: Callback): void {
    if (stream.fd !== null) return callback();
    fs.open(stream.path, stream.flags, stream.mode, (error: unknown, fd: number) => {
      if (error) return callback(error);
      stream.fd = fd;
      callback();
      stream.emit('open', fd);
      stream.emit('ready');
    });
  }

  function closes(stream: FileStream, error: unknown, callback: Callback): void {
    if (stream.fd === null) return callback(error);
    fs.close(stream.fd, (failed: unknown) => callback(failed ?? error));
    stream.fd = null;
  }

  class ReadStream extends Readable {
    bytesRead = 0;
    readonly start: number | undefined;
    readonly end: number | undefined;
    #position: number | undefined;
    readonly #autoClose: boolean;

    constructor(path: unknown, options?: unknown) {
      const given = prepared(path, options, { highWaterMark: 65_536, flags: 'r' });
      super(given);
      adopt(this, path, given);
      this.start = given['start'] as number | undefined;
      this.end = given['end'] as number | undefined;
      this.#position = this.start ?? (this.end === undefined ? undefined : 0);
      this.#autoClose = given['autoClose'] !== false;
    }

    get pending(): boolean { return this.fd === null; }
    get autoClose(): boolean { return this.#autoClose; }
    _construct(callback: Callback): void { opens(this, callback); }

    _read(size: number): void {
      const length = this.end === undefined || this.#position === undefined ? size : Math.min(this.end - this.#position + 1, size);
      if (length <= 0) return this.push(null);
      const buffer = Buffer.allocUnsafeSlow(length);
      fs.read(this.fd, buffer, 0, length, this.#position ?? null, (error: unknown, count: number) => {
        if (error) return this.destroy(error);
        if (count === 0) return this.push(null);
        if (this.#position !== undefined) this.#position += count;
        this.bytesRead += count;
        this.push(count === length ? buffer : buffer.subarray(0, count));
      });
    }

    _destroy(error: unknown, callback: Callback): void { closes(this, error, callback); }

    close(callback?: () => void): void {
      if (callback) this.once('close', callback);
      this.destroy();
    }
  }

  class WriteStream extends Writable {
    bytesWritten = 0;
    readonly start: number | undefined;
    #position: number | undefined;
    readonly #autoClose: boolean;

    constructor(path: unknown, options?: unknown) {
      const given = prepared(path, options, { flags: 'w', decodeStrings: true });
      super(given);
      adopt(this, path, given);
      this.start = this.#position = given['start'] as number | undefined;
      this.#autoClose = given['autoClose'] !== false;
      if (given['encoding'] !== undefined && given['encoding'] !== null) this.setDefaultEncoding(given['encoding']);
    }

    get pending(): boolean { return this.fd === null; }
    get autoClose(): boolean { return this.#autoClose; }
    _construct(callback: Callback): void { opens(this, callback); }

    _write(chunk: Uint8Array, _encoding: unknown, callback: Callback): void {
      fs.write(this.fd, chunk, 0, chunk.length, this.#position ?? null, (error: unknown, count: number) => {
        if (error) return callback(error);
        this.bytesWritten += count;
        callback();
      });
      if (this.#position !== undefined) this.#position += chunk.length;
    }

    _destroy(error: unknown, callback: Callback): void { closes(this, error, callback); }

    close(callback?: () => void): void {
      if (callback) this.once('close', callback);
      this.end();
    }
  }

  return {
    ReadStream, WriteStream, FileReadStream: ReadStream, FileWriteStream: WriteStream,
    createReadStream: (path: unknown, options?: unknown) => new ReadStream(path, options),
    createWriteStream: (path: unknown, options?: unknown) => new WriteStream(path, options),
  };
}

/** Everything is checked before the stream is made, for a stream opens its file at once. */
function prepared(path: unknown, options: unknown, defaults: Options): Options {
  const given = optionsOf(options);
  for (const name of ['fs', 'signal', 'flush']) if (given[name] !== undefined && given[name] !== null && given[name] !== false) throw new Error(`the option "${name}" of file streams is not simulated`);
  if (typeof given['fd'] === 'object' && given['fd'] !== null) throw new Error('a file stream over a FileHandle is not simulated');
  if (given['fd'] === undefined || given['fd'] === null) requirePath(path);
  const start = requirePosition('start', given['start']);
  const end = requirePosition('end', given['end'] === Infinity ? undefined : given['end']);
  if (start !== undefined && end !== undefined && start > end) throw outOfRange('start', `<= "end" (here: ${end})`, start);
  return { ...defaults, ...given, start, end, autoDestroy: given['autoClose'] !== false, emitClose: given['emitClose'] !== false };
}

/** What both kinds have of their options. */
function adopt(stream: FileStream, path: unknown, { fd, flags, mode }: Options): void {
  stream.fd = (fd as number | undefined) ?? null;
  stream.path = fd === undefined || fd === null ? requirePath(path) : path;
  stream.flags = flags;
  stream.mode = mode === undefined ? 0o666 : mode;
}

function requirePosition(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < 0) throw outOfRange(name, '>= 0 && <= 9007199254740991', value);
  return value;
}
