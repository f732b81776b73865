import type { BufferConstructor } from '../buffer/index.js';
import { requireInteger } from '../buffer/ranges.js';
import { touchBytes } from '../buffer/memory.js';
import { bytesOf } from '../buffer/contents.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import { contentOf, flagsOf, timeOf, invalidValue, latin1Of, modeOf, optionsOf, requireDescriptor, requireLength, requirePath, type Options } from './arguments.js';
import type { Status } from './calls.js';
import { constants } from './constants.js';
import { systemError, uvError, type Subject } from './errors.js';
import type { Descriptors, Kernel } from './kernel.js';
import type { createStats } from './stats.js';

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

const { O_CREAT, O_TRUNC, O_WRONLY, O_EXCL } = constants;
/** Longer than any file. */
const everything = 2 ** 31;

/**
 * What the three forms of `fs` have in common. Arguments are checked when an operation is called, what it does happens as its steps are
 * taken: at once, or in an event each.
 */
export type Operations = ReturnType<typeof createOperations>;

export function createOperations({ kernel, descriptors, Buffer, stats, handleOf, now, dirOf }: OperationsWorld) {
  const { Stats, Dirent } = stats;

  /** Text of an encoding, or a Buffer. */
  function given(bytes: string, encoding: unknown): unknown {
    const made = Buffer.allocUnsafeSlow(bytes.length);
    for (let index = 0; index < bytes.length; index++) bytesOf(made)[index] = bytes.charCodeAt(index);
    return encoding === undefined || encoding === null || encoding === '' || encoding === 'buffer' ? made : textOf(made, encoding);
  }

  function named(name: string, encoding: unknown): unknown {
    return encoding === 'buffer' ? Buffer.from(name) : encoding === undefined || encoding === null || encoding === '' || encoding === 'utf8' ? name : textOf(Buffer.from(name), encoding);
  }

  /** Opens a file for an operation that closes it again. */
  function opened(path: string, flags: number, mode = 0o666): string {
    const handle = kernel.identify(path);
    kernel.call('open', { path, flags, mode, handle }, { path });
    return handle;
  }

  /** An open file that is given, by a number or as a FileHandle; undefined: it is a path. */
  function openHandle(file: unknown): string | undefined {
    return typeof file === 'number' && Number.isInteger(file) && file >= 0 && file < 2 ** 32 ? descriptors.handle(requireDescriptor(file)) : handleOf(file);
  }

  function* readWhole(file: string | { readonly handle: string }, flags: number, encoding: unknown): Steps {
    const handle = typeof file === 'string' ? opened(file, flags) : file.handle;
    if (typeof file === 'string') yield `read ${file}`;
    const { bytes } = kernel.call<{ bytes: string }>('read', { handle, length: everything, position: null, closes: typeof file === 'string' });
    return given(bytes, encoding);
  }

  function readFile(file: unknown, options?: unknown): Steps {
    const { encoding, flag, signal } = optionsOf(options, { flag: 'r' });
    if (signal !== undefined) throw new Error('the option "signal" of fs.readFile is not simulated');
    const handle = openHandle(file);
    return readWhole(handle === undefined ? requirePath(file) : { handle }, flagsOf(flag), encoding);
  }

  function* writeWhole(file: string | { readonly handle: string }, flags: number, mode: number, bytes: string): Steps<undefined> {
    const handle = typeof file === 'string' ? opened(file, flags, mode) : file.handle;
    if (typeof file !== 'string') kernel.call('write', { handle, bytes, position: null });
    else if (bytes === '') kernel.call('close', { handle });
    else {
      yield `write ${file}`;
      kernel.call('write', { handle, bytes, position: null, closes: true });
    }
    return undefined;
  }

  function writeFile(file: unknown, data: unknown, options?: unknown): Steps {
    return write(file, data, optionsOf(options, { flag: 'w' }));
  }

  function appendFile(file: unknown, data: unknown, options?: unknown): Steps {
    return write(file, data, optionsOf(options, { flag: 'a' }));
  }

  function write(file: unknown, data: unknown, { encoding, flag, mode, signal, flush }: Options): Steps {
    if (signal !== undefined) throw new Error('the option "signal" of fs.writeFile is not simulated');
    if (flush !== undefined && flush !== null && typeof flush !== 'boolean') throw invalidArgument('flush', 'of type boolean', flush);
    const bytes = contentOf(data, encoding);
    const handle = openHandle(file);
    return writeWhole(handle === undefined ? requirePath(file) : { handle }, flagsOf(flag), modeOf(mode, 0o666), bytes);
  }

  /** Where bytes of a buffer go or come from: `(buffer, offset, length, position)` or `(buffer, { … })`. */
  interface Place { readonly view: ArrayBufferView; readonly offset: number; readonly length: number; readonly position: number | null }

  function placeOf(view: unknown, first: unknown, second: unknown, third: unknown): Place {
    if (!ArrayBuffer.isView(view)) throw invalidArgument('buffer', 'an instance of Buffer, TypedArray, or DataView', view);
    const [offsetGiven, lengthGiven, positionGiven] = typeof first === 'object' && first !== null ? [(first as Options)['offset'], (first as Options)['length'], (first as Options)['position']] : [first, second, third];
    const offset = offsetGiven === undefined || offsetGiven === null ? 0 : requireInteger(offsetGiven, 'offset', 0, Number.MAX_SAFE_INTEGER);
    if (offset > view.byteLength) throw requireWithin('offset', view.byteLength, offset);
    const length = lengthGiven === undefined || lengthGiven === null ? view.byteLength - offset : requireInteger(lengthGiven, 'length', 0, Number.MAX_SAFE_INTEGER);
    if (length > view.byteLength - offset) throw requireWithin('length', view.byteLength - offset, length);
    return { view, offset, length, position: positionOf(positionGiven) };
  }

  function requireWithin(name: string, most: number, value: number): Error {
    return nodeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be <= ${most}. Received ${value}`);
  }

  function positionOf(position: unknown): number | null {
    if (position === undefined || position === null || position === -1) return null;
    if (typeof position === 'bigint') return position < 0n ? null : Number(position);
    if (typeof position !== 'number') throw invalidArgument('position', 'one of type number or bigint', position);
    return requireInteger(position, 'position', 0, Number.MAX_SAFE_INTEGER);
  }

  function* readSome(handle: string, { view, offset, length, position }: Place): Steps<number> {
    if (length === 0) return 0;
    const { bytes } = kernel.call<{ bytes: string }>('read', { handle, length, position });
    touchBytes(view, 'write');
    const target = bytesOf(view as Uint8Array, offset, offset + length);
    for (let index = 0; index < bytes.length; index++) target[index] = bytes.charCodeAt(index);
    return bytes.length;
  }

  function* writeSome(handle: string, bytes: () => string, position: number | null): Steps<number> {
    return kernel.call<{ count: number }>('write', { handle, bytes: bytes(), position }).count;
  }

  /** `(buffer, offset, length, position)`, `(buffer, options)` or `(text, position, encoding)`. */
  function writeTo(handle: string, data: unknown, first: unknown, second: unknown, third: unknown): Steps<number> {
    if (typeof data === 'string') return writeSome(handle, () => contentOf(data, second), positionOf(typeof first === 'number' ? first : undefined));
    if (!ArrayBuffer.isView(data)) throw invalidArgument('buffer', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    const { view, offset, length, position } = placeOf(data, first, second, third);
    return writeSome(handle, () => latin1Of(view, offset, length), position);
  }

  function* truncateTo(handle: string, length: number): Steps<undefined> {
    kernel.call('truncate', { handle, length }, { syscall: 'ftruncate' });
    return undefined;
  }

  function* statusOf(handle: string, syscall = 'fstat'): Steps {
    return new Stats(kernel.call<Status>('fstat', { handle }, { syscall }));
  }

  const open = (path: unknown, flags?: unknown, mode?: unknown): Steps<string> => openSteps(requirePath(path), flagsOf(flags), modeOf(mode, 0o666));
  function* openSteps(path: string, flags: number, mode: number): Steps<string> {
    return opened(path, flags, mode);
  }

  function* closeSteps(handle: string, fd?: number): Steps<undefined> {
    if (fd !== undefined) descriptors.remove(fd);
    kernel.call('close', { handle });
    return undefined;
  }

  function requirePlain(options: Options): void {
    if (options['bigint'] === true) throw new Error('the option "bigint" of fs.stat is not simulated');
  }

  const statOf = (follows: boolean) => (path: unknown, options?: unknown): Steps => {
    const given = (typeof options === 'object' && options !== null ? options : {}) as Options;
    requirePlain(given);
    return statSteps(requirePath(path), follows, given['throwIfNoEntry'] !== false);
  };

  function* statSteps(path: string, follows: boolean, throws: boolean): Steps {
    const status = statusAt(path, follows, throws ? [] : ['ENOENT', 'ENOTDIR']);
    return status && new Stats(status);
  }

  /** Undefined if it fails for one of these reasons. */
  function statusAt(path: string, follows: boolean, forgiven: readonly string[], syscall = follows ? 'stat' : 'lstat'): Status | undefined {
    return forgiving(forgiven, () => kernel.call<Status>('stat', { path, follows }, { syscall, path }));
  }

  const access = (path: unknown, mode?: unknown): Steps => accessSteps(requirePath(path), mode === undefined ? 0 : requireInteger(mode, 'mode', 0, 7));
  function* accessSteps(path: string, mode: number): Steps<undefined> {
    kernel.call('access', { path, mode }, { path });
    return undefined;
  }

  function* exists(path: string): Steps<boolean> {
    return forgiving(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'], () => kernel.call('access', { path, mode: 0 }, { path })) !== undefined;
  }

  function mkdir(path: unknown, options?: unknown): Steps {
    const { recursive = false, mode } = (typeof options === 'object' && options !== null ? options : { mode: options }) as Options;
    if (typeof recursive !== 'boolean') throw invalidArgument('options.recursive', 'of type boolean', recursive);
    return mkdirSteps(requirePath(path), modeOf(mode, 0o777), recursive);
  }

  function* mkdirSteps(path: string, mode: number, isRecursive: boolean): Steps<string | undefined> {
    if (isRecursive) return makeAll(path, mode);
    kernel.call('mkdir', { path, mode, handle: kernel.identify(path) }, { path });
    return undefined;
  }

  /** Gives the first directory that was not there. */
  function makeAll(path: string, mode: number): string | undefined {
    const error = caught(() => kernel.call('mkdir', { path, mode, handle: kernel.identify(path) }, { path }));
    if (error === undefined) return whole(path);
    if (error.code === 'ENOENT' && path !== '') {
      const parent = whole(path).replace(/\/[^/]*\/*$/, '') || '/';
      const first = makeAll(parent, mode);
      return makeAll(path, mode) === undefined ? first : (first ?? whole(path));
    }
    if (error.code === 'EEXIST') {
      const status = statusAt(path, true, ['ENOENT', 'ENOTDIR']);
      if (status?.kind === 'directory') return undefined;
    }
    throw error;
  }

  const mkdtemp = (prefix: unknown, options?: unknown): Steps => mkdtempSteps(requirePath(prefix, 'prefix'), optionsOf(options)['encoding']);
  /** Node draws six letters; here it is the first number that is free, so that two runs get the same. */
  function* mkdtempSteps(prefix: string, encoding: unknown): Steps {
    for (let number = 0; ; number++) {
      const path = `${prefix}${number.toString(36).padStart(6, '0')}`;
      const error = caught(() => kernel.call('mkdir', { path, mode: 0o700, handle: kernel.identify(path) }, { syscall: 'mkdtemp', path: `${prefix}XXXXXX` }));
      if (error === undefined) return named(path, encoding);
      if (error.code !== 'EEXIST') throw error;
    }
  }

  function readdir(path: unknown, options?: unknown): Steps {
    const { encoding, withFileTypes, recursive } = optionsOf(options);
    if (recursive === true) throw new Error('the option "recursive" of fs.readdir is not simulated');
    return readdirSteps(requirePath(path), encoding, withFileTypes === true);
  }

  function* readdirSteps(path: string, encoding: unknown, withFileTypes: boolean): Steps {
    return listOf(path).map(({ name, kind }) => (withFileTypes ? new Dirent(named(name, encoding), path, kind) : named(name, encoding)));
  }

  function listOf(path: string): readonly Pick<Named, 'name' | 'kind'>[] {
    return kernel.call<{ list: Named[] }>('readdir', { path }, { syscall: 'scandir', path }).list;
  }

  const rename = (path: unknown, dest: unknown): Steps => twoPaths('rename', requirePath(path, 'oldPath'), requirePath(dest, 'newPath'));
  const link = (path: unknown, dest: unknown): Steps => twoPaths('link', requirePath(path, 'existingPath'), requirePath(dest, 'newPath'));
  function* twoPaths(method: 'rename' | 'link', path: string, dest: string): Steps<undefined> {
    kernel.call(method, { path, dest }, { path, dest });
    return undefined;
  }

  const symlink = (target: unknown, path: unknown): Steps => symlinkSteps(requirePath(target, 'target'), requirePath(path));
  function* symlinkSteps(path: string, dest: string): Steps<undefined> {
    kernel.call('symlink', { path, dest, handle: kernel.identify(dest) }, { path, dest });
    return undefined;
  }

  const readlink = (path: unknown, options?: unknown): Steps => readlinkSteps(requirePath(path), optionsOf(options)['encoding']);
  function* readlinkSteps(path: string, encoding: unknown): Steps {
    return named(kernel.call<{ bytes: string }>('readlink', { path }, { path }).bytes, encoding);
  }

  /** Without promises Node takes `..` and `.` out first, and then looks at one name after the other. */
  const realpath = (given: unknown, options?: unknown): Steps => {
    const path = absolute(requirePath(given));
    return realpathSteps(path, optionsOf(options)['encoding'], { syscall: 'lstat', path });
  };
  const nativeRealpath = (given: unknown, options?: unknown): Steps => {
    const path = requirePath(given);
    return realpathSteps(path, optionsOf(options)['encoding'], { path });
  };
  function* realpathSteps(path: string, encoding: unknown, subject: Partial<Subject>): Steps {
    return named(kernel.call<{ path: string }>('realpath', { path }, subject).path, encoding);
  }

  const unlink = (path: unknown): Steps => onePath('unlink', requirePath(path));
  function* onePath(method: 'unlink' | 'rmdir', path: string): Steps<undefined> {
    kernel.call(method, { path }, { path });
    return undefined;
  }

  function rmdir(path: unknown, options?: unknown): Steps {
    if ((options as Options | undefined)?.['recursive'] === true) throw new Error('the option "recursive" of fs.rmdir is not simulated; fs.rm has one');
    return onePath('rmdir', requirePath(path));
  }

  function rm(path: unknown, options?: unknown): Steps {
    const { recursive = false, force = false } = (options ?? {}) as Options;
    for (const [name, value] of Object.entries({ recursive, force })) if (typeof value !== 'boolean') throw invalidArgument(`options.${name}`, 'of type boolean', value);
    return rmSteps(requirePath(path), recursive === true, force === true);
  }

  function* rmSteps(path: string, isRecursive: boolean, isForced: boolean): Steps<undefined> {
    const status = statusAt(path, false, isForced ? ['ENOENT'] : []);
    if (status === undefined) return undefined;
    if (status.kind === 'directory' && !isRecursive) throw systemError('ERR_FS_EISDIR', 'Path is a directory', { syscall: 'rm', path, errno: 'EISDIR', text: 'is a directory' });
    removeAll(path, status.kind);
    return undefined;
  }

  /** What is gone already has been removed by somebody else. */
  function removeAll(path: string, kind: Status['kind']): void {
    if (kind !== 'directory') forgiving(['ENOENT'], () => kernel.call('unlink', { path }, { path }));
    else {
      for (const inner of forgiving(['ENOENT'], () => listOf(path)) ?? []) removeAll(`${path.replace(/\/+$/, '')}/${inner.name}`, inner.kind);
      forgiving(['ENOENT'], () => kernel.call('rmdir', { path }, { path }));
    }
  }

  function copyFile(from: unknown, to: unknown, mode?: unknown): Steps {
    const flags = mode === undefined || mode === null ? 0 : requireInteger(mode, 'mode', 0, 7);
    return copySteps(requirePath(from, 'src'), requirePath(to, 'dest'), (flags & constants.COPYFILE_EXCL) !== 0);
  }

  /** Whoever looks between the steps finds a copy that is empty. */
  function* copySteps(path: string, dest: string, isExclusive: boolean): Steps<undefined> {
    const subject = { syscall: 'copyfile', path, dest };
    const from = kernel.identify(path);
    kernel.call('open', { path, flags: 0, mode: 0, handle: from }, subject);
    const { kind, mode } = kernel.call<Status>('fstat', { handle: from }, subject);
    if (kind === 'directory') {
      kernel.call('close', { handle: from }, subject);
      throw uvError('EISDIR', subject);
    }
    const to = kernel.identify(dest);
    const error = caught(() => kernel.call('open', { path: dest, flags: O_CREAT | O_WRONLY | (isExclusive ? O_EXCL : O_TRUNC), mode, handle: to }, subject));
    if (error !== undefined) {
      kernel.call('close', { handle: from }, subject);
      throw error;
    }
    yield `copy ${path} to ${dest}`;
    const { bytes } = kernel.call<{ bytes: string }>('read', { handle: from, length: everything, position: null, closes: true }, subject);
    kernel.call('write', { handle: to, bytes, position: null, closes: true }, subject);
    return undefined;
  }

  const truncate = (path: unknown, length?: unknown): Steps => truncateSteps(requirePath(path), length === undefined || length === null ? 0 : requireLength(length, 'len'));
  function* truncateSteps(path: string, length: number): Steps<undefined> {
    const handle = kernel.identify(path);
    kernel.call('open', { path, flags: constants.O_RDWR, mode: 0o666, handle }, { path });
    kernel.call('truncate', { handle, length, closes: true }, { syscall: 'ftruncate' });
    return undefined;
  }

  const chmod = (path: unknown, mode?: unknown): Steps => chmodSteps(requirePath(path), modeOf(mode, -1));
  function* chmodSteps(path: string, mode: number): Steps<undefined> {
    if (mode < 0) throw invalidValue('mode', undefined);
    kernel.call('chmod', { path, mode }, { path });
    return undefined;
  }

  function* chmodTo(handle: string, mode: number): Steps<undefined> {
    if (mode < 0) throw invalidValue('mode', undefined);
    kernel.call('fchmod', { handle, mode });
    return undefined;
  }

  const timesAt = (syscall: 'utime' | 'lutime') => (path: unknown, atime: unknown, mtime: unknown): Steps => timesSteps(syscall, { path: requirePath(path), accessed: timeOf(atime, now()), modified: timeOf(mtime, now()) });
  function* timesSteps(syscall: string, given: { path: string; accessed: number; modified: number }): Steps<undefined> {
    kernel.call('utime', { ...given, follows: syscall === 'utime' }, { syscall, path: given.path });
    return undefined;
  }
  const timesOf = (handle: string, atime: unknown, mtime: unknown): Steps => timesOfSteps({ handle, accessed: timeOf(atime, now()), modified: timeOf(mtime, now()) });
  function* timesOfSteps(given: { handle: string; accessed: number; modified: number }): Steps<undefined> {
    kernel.call('futime', given);
    return undefined;
  }

  function viewsOf(buffers: unknown): readonly ArrayBufferView[] {
    if (!Array.isArray(buffers) || !buffers.every((buffer) => ArrayBuffer.isView(buffer))) throw invalidArgument('buffers', 'an ArrayBufferView[]', buffers);
    return buffers as ArrayBufferView[];
  }

  /** Fills one buffer after the other, in one call. */
  const readTo = (handle: string, buffers: unknown, position: unknown): Steps<number> => readToSteps(handle, viewsOf(buffers), typeof position === 'number' ? position : null);
  function* readToSteps(handle: string, views: readonly ArrayBufferView[], position: number | null): Steps<number> {
    const { bytes } = kernel.call<{ bytes: string }>('read', { handle, length: views.reduce((sum, { byteLength }) => sum + byteLength, 0), position });
    let at = 0;
    for (const view of views) {
      touchBytes(view, 'write');
      const target = bytesOf(view as Uint8Array, 0, view.byteLength);
      for (let index = 0; index < target.length && at < bytes.length; index++) target[index] = bytes.charCodeAt(at++);
    }
    return bytes.length;
  }
  const writeFrom = (handle: string, buffers: unknown, position: unknown): Steps<number> => {
    const views = viewsOf(buffers);
    return writeSome(handle, () => views.map((view) => latin1Of(view)).join(''), typeof position === 'number' ? position : null);
  };

  /** At once, Node tells its errors without the path. */
  const opendirOf = (isTold: boolean) => (path: unknown, options?: unknown): Steps => opendirSteps(requirePath(path), optionsOf(options), isTold);
  function* opendirSteps(path: string, { encoding, recursive }: Options, isTold: boolean): Steps {
    if (recursive === true) throw new Error('the option "recursive" of fs.opendir is not simulated');
    const { list } = kernel.call<{ list: Named[] }>('readdir', { path }, { syscall: 'opendir', ...(isTold && { path }) });
    return dirOf(path, list.map(({ name, kind }) => new Dirent(named(name, encoding), path, kind)));
  }

  return {
    opendirAtOnce: opendirOf(false), chmodTo, timesOf, readTo, writeFrom,
    byPath: { opendir: opendirOf(true), utimes: timesAt('utime'), lutimes: timesAt('lutime'), readFile, writeFile, appendFile, stat: statOf(true), lstat: statOf(false), access, mkdir, mkdtemp, readdir, rename, link, symlink, readlink, realpath, unlink, rmdir, rm, copyFile, truncate, chmod },
    open, exists, nativeRealpath, closeSteps, placeOf, freshBuffer: () => Buffer.alloc(16_384), readSome, writeTo, truncateTo, statusOf, requirePlain,
    readWhole: (handle: string, options: unknown): Steps => readWhole({ handle }, 0, optionsOf(options)['encoding']),
    writeWhole: (handle: string, data: unknown, options: unknown): Steps => writeWhole({ handle }, 0, 0, contentOf(data, optionsOf(options)['encoding'])),
  };
}

function textOf(bytes: { toString(): string }, encoding: unknown): string {
  return (bytes as { toString(encoding: unknown): string }).toString(encoding);
}

interface Named {
  readonly name: string;
  readonly kind: Status['kind'];
}

function absolute(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

/** As `absolute`, but what is relative stays so, and so does a slash at the end. */
function whole(path: string): string {
  return `${absolute(path).slice(path.startsWith('/') ? 0 : 1)}${/.\/$/.test(path) ? '/' : ''}`;
}

function caught(run: () => unknown): (Error & { readonly code: string }) | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (!isNodeError(error)) throw error;
    return error;
  }
}

function forgiving<T>(codes: readonly string[], run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!isNodeError(error) || !codes.includes(error.code)) throw error;
    return undefined;
  }
}

function isNodeError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'syscall' in error;
}

