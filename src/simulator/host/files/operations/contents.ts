import { requireInteger } from '../../buffer/ranges.js';
import { touchBytes } from '../../buffer/memory.js';
import { bytesOf } from '../../buffer/contents.js';
import { invalidArgument, nodeError } from '../../events/errors.js';
import { contentOf, flagsOf, latin1Of, modeOf, optionsOf, requireDescriptor, requireLength, requirePath, type Options } from '../arguments.js';
import type { Status } from '../calls.js';
import { constants } from '../constants.js';
import { uvError } from '../errors.js';
import { caught } from './failures.js';
import { everything, given, opened, type OperationsWorld, type Steps } from './world.js';

const { O_CREAT, O_TRUNC, O_WRONLY, O_EXCL } = constants;

/** What moves bytes: opening, reading, writing, copying, cutting. */
export function contentOperations(world: OperationsWorld) {
  const { kernel, descriptors, Buffer, handleOf } = world;

  /** An open file that is given, by a number or as a FileHandle; undefined: it is a path. */
  function openHandle(file: unknown): string | undefined {
    return typeof file === 'number' && Number.isInteger(file) && file >= 0 && file < 2 ** 32 ? descriptors.handle(requireDescriptor(file)) : handleOf(file);
  }

  function* readWhole(file: string | { readonly handle: string }, flags: number, encoding: unknown): Steps {
    const handle = typeof file === 'string' ? opened(world, file, flags) : file.handle;
    if (typeof file === 'string') yield `read ${file}`;
    const { bytes } = kernel.call<{ bytes: string }>('read', { handle, length: everything, position: null, closes: typeof file === 'string' });
    return given(world, bytes, encoding);
  }

  function readFile(file: unknown, options?: unknown): Steps {
    const { encoding, flag, signal } = optionsOf(options, { flag: 'r' });
    if (signal !== undefined) throw new Error('the option "signal" of fs.readFile is not simulated');
    const handle = openHandle(file);
    return readWhole(handle === undefined ? requirePath(file) : { handle }, flagsOf(flag), encoding);
  }

  function* writeWhole(file: string | { readonly handle: string }, flags: number, mode: number, bytes: string): Steps<undefined> {
    const handle = typeof file === 'string' ? opened(world, file, flags, mode) : file.handle;
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

  const open = (path: unknown, flags?: unknown, mode?: unknown): Steps<string> => openSteps(requirePath(path), flagsOf(flags), modeOf(mode, 0o666));
  function* openSteps(path: string, flags: number, mode: number): Steps<string> {
    return opened(world, path, flags, mode);
  }

  function* closeSteps(handle: string, fd?: number): Steps<undefined> {
    if (fd !== undefined) descriptors.remove(fd);
    kernel.call('close', { handle });
    return undefined;
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

  return {
    open, closeSteps, placeOf, freshBuffer: () => Buffer.alloc(16_384), readSome, writeTo, truncateTo, readTo, writeFrom,
    readWhole: (handle: string, options: unknown): Steps => readWhole({ handle }, 0, optionsOf(options)['encoding']),
    writeWhole: (handle: string, data: unknown, options: unknown): Steps => writeWhole({ handle }, 0, 0, contentOf(data, optionsOf(options)['encoding'])),
    byPath: { readFile, writeFile, appendFile, copyFile, truncate },
  };
}
