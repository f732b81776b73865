import type { AgentHost } from '../../agents/operations.js';
import type { EventLoop } from '../../runtime/loop.js';
import type { CallName, Given } from './calls.js';
import { constants } from './constants.js';
import { uvError, type Subject } from './errors.js';
import { fileKind, fileSystem } from './file-kind.js';

/** How one agent calls the kernel. */
export class Kernel {
  readonly #host: AgentHost;
  readonly #now: () => number;
  readonly #names = new Map<string, string>();

  constructor(host: AgentHost, now: () => number) {
    this.#host = host;
    this.#now = now;
  }

  /** An identity for what is to be opened or made. */
  identify(path: string): string {
    const handle = this.#host.identify(fileKind);
    this.#names.set(handle, path);
    return handle;
  }

  /** @throws an error as Node throws it if the call fails. */
  call<T = null>(method: CallName, given: Partial<Given>, subject: Partial<Subject> = {}): T {
    const payload = { ...given, ...(leavesTime(method, given) && { now: this.#now() }) };
    const result = this.#host.perform({ kind: 'shared', site: this.#host.site, object: fileSystem, method, payload, name: given.path ?? this.#names.get(given.handle ?? '') ?? 'a file' });
    if (typeof result === 'object' && result !== null && 'code' in result) throw uvError(result.code as string, { syscall: method, ...subject });
    return result as T;
  }
}

/** Calls that leave the time behind. */
const changing: ReadonlySet<string> = new Set<CallName>(['write', 'truncate', 'mkdir', 'unlink', 'rmdir', 'rename', 'link', 'symlink', 'chmod', 'fchmod', 'utime', 'futime']);

function leavesTime(method: CallName, { flags = 0 }: Partial<Given>): boolean {
  return changing.has(method) || (method === 'open' && (flags & (constants.O_CREAT | constants.O_TRUNC)) !== 0);
}

/**
 * The numbers of one agent's open files: always the lowest that is free, so who opens and who closes depend on each other as soon as
 * they use numbers. What uses none (`readFile` of a path, a FileHandle) is known by its identity alone.
 */
export class Descriptors {
  readonly #loop: EventLoop;
  readonly #handles = new Map<number, string>();

  constructor(loop: EventLoop) {
    this.#loop = loop;
  }

  add(handle: string): number {
    this.#loop.touch('file descriptors', 'numbers', 'write');
    let fd = 3;
    while (this.#handles.has(fd)) fd++;
    this.#handles.set(fd, handle);
    return fd;
  }

  /** An identity that nothing is known of if the number means nothing. */
  handle(fd: number): string {
    this.#loop.touch('file descriptors', 'numbers', 'read');
    return this.#handles.get(fd) ?? `${fileKind} descriptor ${fd}`;
  }

  remove(fd: number): void {
    this.#loop.touch('file descriptors', 'numbers', 'write');
    this.#handles.delete(fd);
  }
}
