import type { Emitters } from '../events/emitter.js';
import { name } from '../events/event.js';
import { nodeError } from '../events/errors.js';
import { modeOf, requireLength, type Options } from './arguments.js';
import { notSimulated } from './errors.js';
import type { EventLoop } from '../../runtime/loop.js';
import type { Descriptors } from './kernel.js';
import type { Operations, Steps } from './operations/index.js';

export interface HandlesWorld {
  readonly operations: () => Operations;
  readonly descriptors: Descriptors;
  readonly loop: Pick<EventLoop, 'touch'>;
  readonly EventEmitter: Emitters['EventEmitter'];
  /** Takes the steps in events of their own. */
  perform<T>(label: string, begin: () => Steps<T>): Promise<T>;
}

const refused = ['chown', 'createReadStream', 'createWriteStream', 'readableWebStream', 'readLines'];

export type Handles = ReturnType<typeof createHandles>;

/** `FileHandle` of `fs/promises`. Its number is taken when it is first asked for. */
export function createHandles({ operations, descriptors, loop, EventEmitter, perform }: HandlesWorld) {
  const identities = new WeakMap<object, string>();

  class FileHandle extends EventEmitter {
    #handle: string | undefined;
    #fd: number | undefined;
    readonly #path: string;
    readonly #identity: string;

    constructor(handle: string, path: string) {
      super();
      this.#handle = handle;
      this.#identity = handle;
      this.#path = path;
      identities.set(this, handle);
    }

    /** Whether it is closed, and its number (invariant 8 of the loop). */
    #touch(kind: 'read' | 'write'): void {
      loop.touch(this.#identity, 'handle', kind);
    }

    get fd(): number {
      this.#touch('write');
      if (this.#handle === undefined) return -1;
      return (this.#fd ??= descriptors.add(this.#handle));
    }

    #do<T>(what: string, begin: (handle: string) => Steps<T>): Promise<T> {
      this.#touch('read');
      return perform(`${what} ${this.#path}`, () => {
        if (this.#handle === undefined) throw Object.assign(nodeError(Error, 'EBADF', 'file closed'), { syscall: what });
        return begin(this.#handle);
      });
    }

    read(buffer?: unknown, offset?: unknown, length?: unknown, position?: unknown): Promise<object> {
      return this.#do('read', (handle) => {
        const { view, place } = readTarget(buffer, offset, length, position);
        return mapped(operations().readSome(handle, place), (bytesRead) => ({ __proto__: null, bytesRead, buffer: view }));
      });
    }

    write(data: unknown, first?: unknown, second?: unknown, third?: unknown): Promise<object> {
      return this.#do('write', (handle) => mapped(operations().writeTo(handle, data, first, second, third), (bytesWritten) => ({ __proto__: null, bytesWritten, buffer: data })));
    }

    readFile(options?: unknown): Promise<unknown> { return this.#do('read', (handle) => operations().readWhole(handle, options)); }
    writeFile(data: unknown, options?: unknown): Promise<unknown> { return this.#do('write', (handle) => operations().writeWhole(handle, data, options)); }
    appendFile(data: unknown, options?: unknown): Promise<unknown> { return this.writeFile(data, options); }
    truncate(length: unknown = 0): Promise<unknown> { return this.#do('ftruncate', (handle) => operations().truncateTo(handle, requireLength(length, 'len'))); }
    stat(options: Options = {}): Promise<unknown> { return this.#do('fstat', (handle) => (operations().requirePlain(options), operations().statusOf(handle))); }
    chmod(mode: unknown): Promise<unknown> { return this.#do('fchmod', (handle) => operations().chmodTo(handle, modeOf(mode, -1))); }
    utimes(atime: unknown, mtime: unknown): Promise<unknown> { return this.#do('futime', (handle) => operations().timesOf(handle, atime, mtime)); }
    readv(buffers: unknown, position?: unknown): Promise<object> { return this.#do('read', (handle) => mapped(operations().readTo(handle, buffers, position), (bytesRead) => ({ __proto__: null, bytesRead, buffers }))); }
    writev(buffers: unknown, position?: unknown): Promise<object> { return this.#do('write', (handle) => mapped(operations().writeFrom(handle, buffers, position), (bytesWritten) => ({ __proto__: null, bytesWritten, buffers }))); }
    sync(): Promise<undefined> { return this.#do('fsync', nothing); }
    datasync(): Promise<undefined> { return this.#do('fdatasync', nothing); }

    /** Asked again while it is closing, or later: it is closed. */
    close(): Promise<undefined> {
      this.#touch('write');
      const [handle, fd] = [this.#handle, this.#fd];
      this.#handle = undefined;
      if (handle === undefined) return perform(`close ${this.#path}`, nothing);
      identities.delete(this);
      return perform(`close ${this.#path}`, () => mapped(operations().closeSteps(handle, fd), () => void this.emit('close')));
    }
  }
  for (const method of refused) Object.defineProperty(FileHandle.prototype, method, { value: notSimulated(`FileHandle.${method}`), writable: true, configurable: true });
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  if (asyncDispose !== undefined) Object.defineProperty(FileHandle.prototype, asyncDispose, { value(this: FileHandle) { return this.close(); }, writable: true, configurable: true });
  name(FileHandle, 'FileHandle');

  function readTarget(buffer: unknown, offset: unknown, length: unknown, position: unknown): { readonly view: unknown; readonly place: Parameters<Operations['readSome']>[1] } {
    if (ArrayBuffer.isView(buffer)) return { view: buffer, place: operations().placeOf(buffer, offset, length, position) };
    const { buffer: view = undefined, ...rest } = (buffer ?? {}) as Options;
    if (view === undefined && (buffer === undefined || typeof buffer === 'object')) {
      const fresh = operations().freshBuffer();
      return { view: fresh, place: operations().placeOf(fresh, rest, undefined, undefined) };
    }
    return { view: view ?? buffer, place: operations().placeOf(view ?? buffer, view === undefined ? offset : rest, length, position) };
  }

  return { FileHandle, handleOf: (value: unknown) => (typeof value === 'object' && value !== null ? identities.get(value) : undefined) };
}

function* nothing(): Steps<undefined> {
  return undefined;
}

function* mapped<T, R>(steps: Steps<T>, to: (value: T) => R): Steps<R> {
  return to(yield* steps);
}
