import type { BufferConstructor } from '../../buffer/index.js';
import { bytesOf } from '../../buffer/contents.js';
import type { Status } from '../calls.js';
import type { Descriptors, Kernel } from '../kernel.js';
import type { createStats } from '../stats.js';
import { forgiving } from './failures.js';

/** The steps of an operation: it stops where others may come between. `yield`: what the next step does. */
export type Steps<T = unknown> = Generator<string, T, undefined>;

export interface OperationsWorld {
  readonly kernel: Kernel;
  readonly descriptors: Descriptors;
  readonly Buffer: BufferConstructor;
  readonly stats: ReturnType<typeof createStats>;
  now(): number;
  dirOf(path: string, entries: readonly object[]): object;
  /** The identity of an open FileHandle; undefined for every other value. */
  handleOf(value: unknown): string | undefined;
}

/** Longer than any file. */
export const everything = 2 ** 31;

/** A name in a directory. */
export interface Named {
  readonly name: string;
  readonly kind: Status['kind'];
}

/** A name in the encoding asked for: text, or a Buffer. */
export function named({ Buffer }: Pick<OperationsWorld, 'Buffer'>, name: string, encoding: unknown): unknown {
  return encoding === 'buffer' ? Buffer.from(name) : encoding === undefined || encoding === null || encoding === '' || encoding === 'utf8' ? name : textOf(Buffer.from(name), encoding);
}

/** Text of an encoding, or a Buffer. */
export function given({ Buffer }: Pick<OperationsWorld, 'Buffer'>, bytes: string, encoding: unknown): unknown {
  const made = Buffer.allocUnsafeSlow(bytes.length);
  for (let index = 0; index < bytes.length; index++) bytesOf(made)[index] = bytes.charCodeAt(index);
  return encoding === undefined || encoding === null || encoding === '' || encoding === 'buffer' ? made : textOf(made, encoding);
}

/** Opens a file for an operation that closes it again. */
export function opened({ kernel }: Pick<OperationsWorld, 'kernel'>, path: string, flags: number, mode = 0o666): string {
  const handle = kernel.identify(path);
  kernel.call('open', { path, flags, mode, handle }, { path });
  return handle;
}

/** Undefined if it fails for one of these reasons. */
export function statusAt({ kernel }: Pick<OperationsWorld, 'kernel'>, path: string, follows: boolean, forgiven: readonly string[], syscall = follows ? 'stat' : 'lstat'): Status | undefined {
  return forgiving(forgiven, () => kernel.call<Status>('stat', { path, follows }, { syscall, path }));
}

function textOf(bytes: { toString(): string }, encoding: unknown): string {
  return (bytes as { toString(encoding: unknown): string }).toString(encoding);
}
