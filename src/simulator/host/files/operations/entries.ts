import { invalidArgument } from '../../events/errors.js';
import { modeOf, optionsOf, requirePath, type Options } from '../arguments.js';
import type { Status } from '../calls.js';
import { systemError, type Subject } from '../errors.js';
import { caught, forgiving } from './failures.js';
import { absolute, whole } from './paths.js';
import { named, statusAt, type Named, type OperationsWorld, type Steps } from './world.js';

/** What names are in directories: making, listing, moving, removing, links. */
export function entryOperations(world: OperationsWorld) {
  const { kernel, stats: { Dirent }, dirOf } = world;

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
      const status = statusAt(world, path, true, ['ENOENT', 'ENOTDIR']);
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
      if (error === undefined) return named(world, path, encoding);
      if (error.code !== 'EEXIST') throw error;
    }
  }

  function readdir(path: unknown, options?: unknown): Steps {
    const { encoding, withFileTypes, recursive } = optionsOf(options);
    if (recursive === true) throw new Error('the option "recursive" of fs.readdir is not simulated');
    return readdirSteps(requirePath(path), encoding, withFileTypes === true);
  }

  function* readdirSteps(path: string, encoding: unknown, withFileTypes: boolean): Steps {
    return listOf(path).map(({ name, kind }) => (withFileTypes ? new Dirent(named(world, name, encoding), path, kind) : named(world, name, encoding)));
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
    return named(world, kernel.call<{ bytes: string }>('readlink', { path }, { path }).bytes, encoding);
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
    return named(world, kernel.call<{ path: string }>('realpath', { path }, subject).path, encoding);
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
    const status = statusAt(world, path, false, isForced ? ['ENOENT'] : []);
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

  /** At once, Node tells its errors without the path. */
  const opendirOf = (isTold: boolean) => (path: unknown, options?: unknown): Steps => opendirSteps(requirePath(path), optionsOf(options), isTold);
  function* opendirSteps(path: string, { encoding, recursive }: Options, isTold: boolean): Steps {
    if (recursive === true) throw new Error('the option "recursive" of fs.opendir is not simulated');
    const { list } = kernel.call<{ list: Named[] }>('readdir', { path }, { syscall: 'opendir', ...(isTold && { path }) });
    return dirOf(path, list.map(({ name, kind }) => new Dirent(named(world, name, encoding), path, kind)));
  }

  return {
    opendirAtOnce: opendirOf(false), nativeRealpath,
    byPath: { opendir: opendirOf(true), mkdir, mkdtemp, readdir, rename, link, symlink, readlink, realpath, unlink, rmdir, rm },
  };
}
