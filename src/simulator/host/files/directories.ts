import type { EventLoop } from '../../runtime/loop.js';
import { nodeError, requireFunction } from '../events/errors.js';
import { name } from '../events/event.js';
import type { Steps } from './operations/index.js';

export interface DirectoriesWorld {
  readonly loop: Pick<EventLoop, 'touch' | 'identity' | 'addEvent'>;
  perform<T>(label: string, begin: () => Steps<T>): Promise<T>;
}

/** `fs.Dir`: its entries are those that were there when it was opened. */
export function createDirectories({ loop, perform }: DirectoriesWorld) {
  const isOurs = Symbol('made by the platform');

  class Dir {
    readonly #path: string;
    #entries: object[] | undefined;

    constructor(key: unknown, path = '', entries: readonly object[] = []) {
      if (key !== isOurs) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "handle" argument must be specified');
      this.#path = path;
      this.#entries = [...entries];
      loop.identity.born(this);
    }

    get path(): string { return this.#path; }

    /** The entries that are left. @throws if it is closed. */
    #open(): object[] {
      loop.touch(loop.identity.of(this), 'entries', 'write');
      if (this.#entries === undefined) throw nodeError(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed');
      return this.#entries;
    }

    readSync(): object | null { return this.#open().shift() ?? null; }
    closeSync(): void {
      this.#open();
      this.#entries = undefined;
    }

    read(callback?: unknown): unknown { return this.#later('read', () => this.readSync(), callback); }
    close(callback?: unknown): unknown { return this.#later('close', () => this.closeSync(), callback); }

    #later(what: string, run: () => unknown, callback: unknown): unknown {
      if (callback === undefined) return perform(`${what} ${this.#path}`, () => taken(run));
      requireFunction('callback', callback);
      this.#open();
      loop.addEvent({ label: `${what} ${this.#path}`, fire: () => {
        const result = run();
        if (what === 'read') (callback as (error: null, entry: unknown) => void)(null, result);
        else (callback as (error: null) => void)(null);
      } });
      return undefined;
    }

    /** Each entry, and then it is closed. */
    [Symbol.asyncIterator](): object {
      const close = (): unknown => this.#entries === undefined ? undefined : this.closeSync();
      return {
        next: () => perform(`read ${this.#path}`, () => taken(() => {
          const value = this.readSync();
          if (value === null) close();
          return value === null ? { value: undefined, done: true } : { value, done: false };
        })),
        return: (value: unknown) => perform(`close ${this.#path}`, () => taken(() => (close(), { value, done: true }))),
        [Symbol.asyncIterator]() { return this; },
      };
    }

    entries(): object { return this[Symbol.asyncIterator](); }
  }
  name(Dir, 'Dir');

  return { Dir, dirOf: (path: string, entries: readonly object[]): object => new Dir(isOurs, path, entries) };
}

function* taken<T>(run: () => T): Steps<T> {
  return run();
}
