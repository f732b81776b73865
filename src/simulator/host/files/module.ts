import type { Helpers, ModuleMaker } from '../node-modules.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { bufferOf } from '../buffer/index.js';
import { invalidArgument, requireFunction } from '../events/errors.js';
import { modeOf, requireDescriptor, requireLength, requirePath, type Options } from './arguments.js';
import { constants } from './constants.js';
import { copying } from './copying.js';
import { createDirectories } from './directories.js';
import { createHandles } from './file-handle.js';
import { Descriptors, Kernel } from './kernel.js';
import { createOperations, type Operations, type Steps } from './operations/index.js';
import { atOnce, inEvents } from './performing.js';
import { refusedMembers, refusedPromises } from './refused.js';
import { createStats } from './stats.js';
import { createWatchers } from './watcher.js';
import { createStreams } from './streams.js';

type Begin = (...args: never[]) => Steps;
type Members = Record<string, unknown>;
type Callback = (error: unknown, ...results: unknown[]) => void;

/** `fs` and `fs/promises` of one execution. */
interface FileModules {
  readonly fs: Members;
  readonly promises: Members;
}

const made = new WeakMap<Platform, FileModules>();

export const fsModule: ModuleMaker = (...of) => modulesOf(...of).fs;
export const fsPromisesModule: ModuleMaker = (...of) => modulesOf(...of).promises;

function modulesOf(platform: Platform, world: PlatformWorld, helpers: Helpers): FileModules {
  let modules = made.get(platform);
  if (modules === undefined) made.set(platform, (modules = make(platform, world, helpers)));
  return modules;
}

function make(platform: Platform, world: PlatformWorld, helpers: Helpers): FileModules {
  const { loop, timers, Promise, faults } = world;
  const descriptors = new Descriptors(loop);
  const stats = createStats();
  const perform = <T>(label: string, begin: () => Steps<T>): Promise<T> => new Promise((resolve, reject) => {
    inEvents(loop, label, begin(), (outcome) => ('error' in outcome ? reject(outcome.error as Error) : resolve(outcome.value)), label.startsWith('close') ? undefined : faults);
  });
  const { Dir, dirOf } = createDirectories({ loop, perform });
  const lazily: { operations?: Operations } = {};
  const { FileHandle, handleOf } = createHandles({ operations: () => lazily.operations!, descriptors, loop, EventEmitter: platform.events.emitters.EventEmitter, perform });
  const kernel = new Kernel(platform.host, () => timers.dateNow());
  const operations = (lazily.operations = createOperations({ kernel, descriptors, Buffer: bufferOf(platform, world), stats, handleOf, dirOf, now: () => timers.dateNow() }));
  const promises = promisesOf(operations, perform, (handle, path) => new FileHandle(handle, path));
  const fs: Members = { ...refusedMembers(), ...stats, ...constantsOf(), constants, promises };
  const begins: Record<string, Begin> = { ...operations.byPath, cp: copying(operations.byPath, false), ...numbered(operations, descriptors) };
  for (const [name, begin] of Object.entries(begins)) {
    fs[`${name}Sync`] = (...args: unknown[]): unknown => atOnce(Reflect.apply(begin, undefined, args));
    fs[name] = withCallback(loop, name, begin, name === 'close' ? undefined : faults);
  }
  fs['cpSync'] = (...args: [unknown, unknown, unknown]): unknown => atOnce(copying(operations.byPath, true)(...args));
  fs['opendirSync'] = (...args: [unknown, unknown]): unknown => atOnce(operations.opendirAtOnce(...args));
  addExists(fs, operations, loop);
  const { FSWatcher, watch, watchAsync } = createWatchers({ kernel, host: platform.host, loop, events: platform.events, Buffer: bufferOf(platform, world), Promise, nextTick: (run) => timers.nextTick(run) });
  Object.assign(fs, { FSWatcher, watch, Dir });
  promises['watch'] = watchAsync;
  addStreams(fs, () => createStreams(platform.module('stream', helpers) as never, fs as never, bufferOf(platform, world)));
  return { fs: module(fs), promises: module(promises) };
}

function constantsOf(): Members {
  const { F_OK, R_OK, W_OK, X_OK } = constants;
  return { F_OK, R_OK, W_OK, X_OK };
}

/** Default and namespace imports both find their way. */
function module(members: Members): Members {
  return Object.defineProperty(members, 'default', { value: members, configurable: true });
}

/** Calls on numbers of open files. */
function numbered(operations: Operations, descriptors: Descriptors): Record<string, Begin> {
  const handle = (fd: unknown): string => descriptors.handle(requireDescriptor(fd));
  return {
    open: (...args: [unknown, unknown, unknown]) => numberOf(operations.open(...args), descriptors),
    close: (fd: unknown) => operations.closeSteps(handle(fd), fd as number),
    read: (fd: unknown, buffer: unknown, ...place: [unknown, unknown, unknown]) => {
      if ((place.length as number) === 1 && typeof place[0] !== 'object' && place[0] !== undefined) throw invalidArgument('options', 'of type object', place[0]);
      return operations.readSome(handle(fd), isPlaced(buffer) ? placed(operations, buffer) : operations.placeOf(buffer, ...place));
    },
    write: (fd: unknown, data: unknown, ...place: [unknown, unknown, unknown]) => operations.writeTo(handle(fd), data, ...place),
    fstat: (fd: unknown, options: Options = {}) => (operations.requirePlain(options), operations.statusOf(handle(fd))),
    ftruncate: (fd: unknown, length: unknown = 0) => operations.truncateTo(handle(fd), requireLength(length, 'len')),
    fchmod: (fd: unknown, mode: unknown) => operations.chmodTo(handle(fd), modeOf(mode, -1)),
    futimes: (fd: unknown, atime: unknown, mtime: unknown) => operations.timesOf(handle(fd), atime, mtime),
    readv: (fd: unknown, buffers: unknown, position: unknown) => operations.readTo(handle(fd), buffers, position),
    writev: (fd: unknown, buffers: unknown, position: unknown) => operations.writeFrom(handle(fd), buffers, position),
    fsync: (fd: unknown) => checked(operations, handle(fd), 'fsync'),
    fdatasync: (fd: unknown) => checked(operations, handle(fd), 'fdatasync'),
  };
}

function isPlaced(buffer: unknown): buffer is Options {
  return typeof buffer === 'object' && buffer !== null && !ArrayBuffer.isView(buffer) && ArrayBuffer.isView((buffer as Options)['buffer']);
}

function placed(operations: Operations, { buffer, ...place }: Options): ReturnType<Operations['placeOf']> {
  return operations.placeOf(buffer, place, undefined, undefined);
}

function* checked(operations: Operations, handle: string, syscall: string): Steps<undefined> {
  yield* operations.statusOf(handle, syscall);
  return undefined;
}

function* numberOf(steps: Steps<string>, descriptors: Descriptors): Steps<number> {
  return descriptors.add(yield* steps);
}

/** Results that come after the error, where there are several. */
const resultsOf: Readonly<Record<string, (value: unknown, args: readonly unknown[]) => readonly unknown[]>> = {
  read: (count, [, buffer]) => [count, isPlaced(buffer) ? buffer['buffer'] : buffer],
  write: (count, [, data]) => [count, data],
  readv: (count, [, buffers]) => [count, buffers],
  writev: (count, [, buffers]) => [count, buffers],
};

/** How many arguments stand before the callback at least. */
const least: Readonly<Record<string, number>> = { writeFile: 2, appendFile: 2, rename: 2, link: 2, symlink: 2, copyFile: 2, cp: 2, chmod: 2, fchmod: 2, utimes: 3, lutimes: 3, futimes: 3, readv: 2, writev: 2 };

function withCallback(loop: PlatformWorld['loop'], name: string, begin: Begin, faults: PlatformWorld['faults']): (...args: unknown[]) => void {
  return (...args) => {
    const at = args.findLastIndex((argument) => typeof argument === 'function');
    const callback = at < (least[name] ?? 1) ? undefined : args[at];
    requireFunction('cb', callback);
    const given = args.slice(0, at);
    inEvents(loop, labelOf(name, given), Reflect.apply(begin, undefined, given), (outcome) => {
      if ('error' in outcome) (callback as Callback)(outcome.error);
      else if (outcome.value === undefined) (callback as Callback)(null);
      else (callback as Callback)(null, ...(resultsOf[name]?.(outcome.value, given) ?? [outcome.value]));
    }, faults);
  };
}

function promisesOf(operations: Operations, perform: <T>(label: string, begin: () => Steps<T>) => Promise<T>, handleFor: (handle: string, path: string) => object): Members {
  const members: Members = { ...refusedPromises(), constants };
  for (const [name, begin] of Object.entries<Begin>({ ...operations.byPath, cp: copying(operations.byPath, false) })) members[name] = (...args: unknown[]) => perform(labelOf(name, args), () => Reflect.apply(begin, undefined, args));
  members['realpath'] = (...args: [unknown, unknown]) => perform(labelOf('realpath', args), () => operations.nativeRealpath(...args));
  members['open'] = (...args: [unknown, unknown, unknown]) => perform(labelOf('open', args), () => opening(operations.open(...args), requirePath(args[0]), handleFor));
  return members;
}

function* opening(steps: Steps<string>, path: string, handleFor: (handle: string, path: string) => object): Steps<object> {
  return handleFor(yield* steps, path);
}

function labelOf(name: string, [path]: readonly unknown[]): string {
  return `${name} ${typeof path === 'string' ? path : ''}`.trimEnd();
}

/** Made when first asked for: few programs need Node's streams. */
function addStreams(fs: Members, make: () => Readonly<Record<string, unknown>>): void {
  let made: Readonly<Record<string, unknown>> | undefined;
  for (const name of ['ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream', 'createReadStream', 'createWriteStream']) Object.defineProperty(fs, name, { get: () => (made ??= make())[name], enumerable: true, configurable: true });
}

/** It tells no errors, and its callback knows but the answer. */
function addExists(fs: Members, operations: Operations, loop: PlatformWorld['loop']): void {
  const isPath = (path: unknown): string | undefined => {
    try {
      return requirePath(path);
    } catch {
      return undefined;
    }
  };
  fs['existsSync'] = (given: unknown): boolean => {
    const path = isPath(given);
    return path !== undefined && atOnce(operations.exists(path));
  };
  fs['exists'] = (given: unknown, callback: unknown): void => {
    requireFunction('cb', callback);
    const path = isPath(given);
    if (path === undefined) (callback as (isThere: boolean) => void)(false);
    else inEvents(loop, `exists ${path}`, operations.exists(path), (outcome) => (callback as (isThere: boolean) => void)('value' in outcome && outcome.value));
  };
}
